"""A cache whose methods call one another while they hold its lock: that takes an RLock.

Look at: `refresh_all` holds the lock for long and takes it again inside, which is no wait; "reader" waits for all of it.
With a plain Lock the program would stand still for ever in its first line of work.
"""

import threading
import time


class Cache:
    def __init__(self):
        self.lock = threading.RLock()
        self.values = {}
        self.refreshing = threading.Event()
        self.wanted = threading.Event()

    def load(self, key):
        time.sleep(0.04)  # Stands for a slow file.
        return sum(ord(letter) for letter in key)

    def get(self, key):
        with self.lock:
            if key not in self.values:
                self.values[key] = self.load(key)
            return self.values[key]

    def refresh_all(self, keys):
        with self.lock:
            self.refreshing.set()
            # So that there is somebody who has to wait for the lock.
            self.wanted.wait()  # interleave: ignore[THR111]
            self.values.clear()
            for key in keys:
                self.get(key)  # Takes the same lock again, in the same thread.


def read(cache, keys):
    cache.refreshing.wait()
    cache.wanted.set()
    for key in keys * 3:
        cache.get(key)


def main():
    cache, keys = Cache(), ["alpha", "beta", "gamma", "delta"]
    refresher = threading.Thread(target=cache.refresh_all, args=(keys,), name="refresher")
    reader = threading.Thread(target=read, args=(cache, keys), name="reader")
    reader.start()
    refresher.start()
    refresher.join()
    reader.join()
    print(sorted(cache.values.items()))


if __name__ == "__main__":
    main()
