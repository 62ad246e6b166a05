"""A cache whose items are under a lock and whose statistics are not."""
import threading
import time


class Cache:
    def __init__(self):
        self._lock = threading.Lock()
        self._items = {}
        self.stats = {"hits": 0, "misses": 0}

    def get(self, key):
        with self._lock:
            found = self._items.get(key)  # expect: atomicity.split-section
        if found is None:
            self.stats["misses"] += 1  # expect: race.data
            found = self.load(key)
            with self._lock:
                self._items[key] = found  # expect: atomicity.split-section
        else:
            self.stats["hits"] += 1  # expect: race.data
        return found

    def load(self, key):
        time.sleep(0.0005)
        return str(key)


def work(cache, first):
    together.wait()
    for number in range(first, first + 20):
        cache.get(number % 10)


cache = Cache()
together = threading.Barrier(3)
threads = [threading.Thread(target=work, args=(cache, n)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(cache.stats.values()) > 0)
