"""Each thread has an attribute and an item of its own, under names that are put together."""
import threading


class Totals:
    def __init__(self):
        self.by_worker = {}

    def add(self, worker, amount):
        name = "worker_" + worker
        if not hasattr(self, name):
            setattr(self, name, len(worker))
        setattr(self, name, getattr(self, name) + amount)
        self.by_worker[worker] = self.by_worker.get(worker, 0) + amount


totals = Totals()
threads = [threading.Thread(target=totals.add, args=(worker, len(worker))) for worker in ("one", "two", "three")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
