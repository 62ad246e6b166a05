"""A cache is swept by another thread: what was found in it can be gone when it is taken."""
import threading


class Cache:
    def __init__(self):
        self.items = {"a": 1, "b": 20}

    def get(self, key):
        if key in self.items:  # expect: race.check-then-act
            return self.items[key]  # expect: race.check-then-act
        return None

    def get_or_none(self, key):
        try:
            return self.items[key]
        except KeyError:
            return None

    def sweep(self):
        for key in list(self.items):
            if self.items.get(key, 0) > 10:
                self.items.pop(key, None)  # expect: race.check-then-act


def read(cache):
    for key in ("a", "b", "c"):
        cache.get(key)
        cache.get_or_none(key)


cache = Cache()
threads = [threading.Thread(target=read, args=(cache,)), threading.Thread(target=cache.sweep)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
