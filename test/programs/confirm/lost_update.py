"""Two threads add to one total without a lock; that seldom goes wrong by itself."""
# confirm: race.data
import threading


class Counter:
    def __init__(self):
        self.total = 0

    def add(self, amount):
        self.total = self.total + int(amount)


counter = Counter()
threads = [threading.Thread(target=counter.add, args=("1",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter.total)
