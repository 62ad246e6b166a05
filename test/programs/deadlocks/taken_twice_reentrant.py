"""The same with an RLock: correct."""
import threading


class Cache:
    def __init__(self):
        self.lock = threading.RLock()
        self.items = {}

    def get(self, key):
        with self.lock:
            return self.items.get(key)

    def update(self, key):
        with self.lock:
            self.items[key] = (self.get(key) or 0) + 1


cache = Cache()
threads = [threading.Thread(target=cache.update, args=("a",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
