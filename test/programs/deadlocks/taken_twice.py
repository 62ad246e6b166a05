"""A method that holds a plain lock calls another that takes it."""
# timeout: 3
import threading


class Cache:
    def __init__(self):
        self.lock = threading.Lock()
        self.items = {}

    def get(self, key):
        with self.lock:  # expect: deadlock.self
            return self.items.get(key)

    def update(self, key):
        with self.lock:  # expect: deadlock.self
            self.items[key] = (self.get(key) or 0) + 1


Cache().update("a")
