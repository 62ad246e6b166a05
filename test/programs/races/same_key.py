"""Threads that look up and change one dict and one set under the same key."""
import threading
import time


class Table:
    def __init__(self):
        self.rows = {"a": 1}
        self.names = {"a"}

    def count(self, key):
        count = self.rows.get(key, 0)
        time.sleep(0.001)
        self.rows[key] = count + 1  # expect: race.data

    def drop(self, key):
        if key in self.names:  # expect: race.check-then-act
            time.sleep(0.2)
            self.names.remove(key)  # expect: race.check-then-act

    def run(self, key):
        self.count(key)
        try:
            self.drop(key)
        except KeyError:
            print("gone")


table = Table()
threads = [threading.Thread(target=table.run, args=("a",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
