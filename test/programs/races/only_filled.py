"""A cache that only grows: what was found in it is still there when it is taken."""
import threading


class Cache:
    def __init__(self):
        self.items = {}

    def get(self, key):
        if key in self.items:
            return self.items[key]
        return None

    def put(self, key, value):
        self.items[key] = value


def use(cache):
    for key in ("a", "b", "c"):
        cache.put(key, len(key))
        cache.get(key)


cache = Cache()
threads = [threading.Thread(target=use, args=(cache,)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
