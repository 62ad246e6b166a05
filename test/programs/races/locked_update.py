"""A counter that threads add to under a lock, read after they were joined: correct."""
import threading


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.total = 0

    def add(self, amount):
        with self.lock:
            self.total = self.total + int(amount)


counter = Counter()
threads = [threading.Thread(target=counter.add, args=("1",)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
counter.total += 1
print(counter.total)
