"""A value that is made outside of the lock and stored only if nobody else did meanwhile: correct."""
import threading


class Registry:
    def __init__(self):
        self.lock = threading.Lock()
        self.values = {}

    def get(self, key):
        with self.lock:
            value = self.values.get(key)
        if value is None:
            value = object()
            with self.lock:
                value = self.values.setdefault(key, value)
        return value


registry = Registry()
found = []
threads = [threading.Thread(target=lambda: found.append(registry.get("a"))) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(set(found)))
