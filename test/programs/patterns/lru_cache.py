"""A cache of the most recently used, all of whose methods hold one lock that may be taken twice: correct."""
import threading
from collections import OrderedDict


class Cache:
    def __init__(self, most):
        self._lock = threading.RLock()
        self._items = OrderedDict()
        self._most = most
        self.hits = 0
        self.misses = 0

    def get(self, key, make):
        with self._lock:
            try:
                value = self._items[key]
            except KeyError:
                self.misses += 1
                value = make(key)
                self.put(key, value)
            else:
                self.hits += 1
                self._items.move_to_end(key)
            return value

    def put(self, key, value):
        with self._lock:
            self._items[key] = value
            while len(self._items) > self._most:
                self._items.popitem(last=False)

    def __len__(self):
        with self._lock:
            return len(self._items)

    def keys(self):
        with self._lock:
            return list(self._items)


def work(cache, first):
    for i in range(60):
        cache.get((first + i) % 12, str)
        if i % 10 == 0:
            cache.keys()
            len(cache)


cache = Cache(8)
threads = [threading.Thread(target=work, args=(cache, 5 * n)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(cache.hits + cache.misses, len(cache))
