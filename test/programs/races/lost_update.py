"""A counter that two threads add to without a lock, with a call between its read and its write."""
import threading


class Counter:
    def __init__(self):
        self.total = 0

    def add(self, amount):
        self.total = self.total + int(amount)  # expect: race.data


counter = Counter()
threads = [threading.Thread(target=counter.add, args=("1",)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter.total)
