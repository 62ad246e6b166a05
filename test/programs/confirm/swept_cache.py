"""What was found in a cache is swept away before it is taken; of two keys only one is ever swept."""
# confirm: race.check-then-act
import threading


class Cache:
    def __init__(self):
        self.items = {"kept": 1, "swept": 20}

    def get(self, key):
        if key in self.items:
            return self.items[key]
        return None

    def sweep(self):
        for key in list(self.items):
            if self.items.get(key, 0) > 10:
                self.items.pop(key, None)


def read(cache):
    for key in ("kept", "swept"):
        cache.get(key)


cache = Cache()
threads = [threading.Thread(target=read, args=(cache,)), threading.Thread(target=cache.sweep)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
