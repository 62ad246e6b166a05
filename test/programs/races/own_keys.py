"""Threads that look up and change one dict and one set, each under keys of its own."""
import threading
import time


class Table:
    def __init__(self):
        self.rows = {}
        self.names = set()

    def run(self, key):
        for _ in range(3):
            if key not in self.rows:
                time.sleep(0.001)
                self.rows[key] = 0
            if self.rows.get(key) is not None:
                time.sleep(0.001)
                self.rows.pop(key)
            self.rows[key] = self.rows.get(key, 0) + 1
            if key in self.names:
                time.sleep(0.001)
                self.names.remove(key)
            self.names.add(key)


table = Table()
threads = [threading.Thread(target=table.run, args=(key,)) for key in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(table.rows))
