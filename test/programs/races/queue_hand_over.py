"""Objects that are handed over through a queue, and counted under a condition: correct."""
import queue
import threading


class Parcel:
    def __init__(self, weight):
        self.weight = weight


class Scale:
    def __init__(self):
        self.changed = threading.Condition()
        self.total = 0
        self.count = 0

    def add(self, parcel):
        parcel.weight += int("1")
        with self.changed:
            self.total += int(parcel.weight)
            self.count += 1
            self.changed.notify_all()

    def wait_for(self, count):
        with self.changed:
            while self.count < count:
                self.changed.wait()
            return self.total


def work(parcels, scale):
    while True:
        parcel = parcels.get()
        if parcel is None:
            return
        scale.add(parcel)


parcels = queue.Queue()
scale = Scale()
threads = [threading.Thread(target=work, args=(parcels, scale)) for _ in range(2)]
for thread in threads:
    thread.start()
for weight in range(10):
    parcel = Parcel(weight)
    parcel.weight += int("1")
    parcels.put(parcel)
print(scale.wait_for(10))
for _ in threads:
    parcels.put(None)
for thread in threads:
    thread.join()
