"""A connection of its own for each thread, one that goes from hand to hand, one under a lock, and a file to write to."""
import os
import queue
import sqlite3
import threading


class Store:
    def __init__(self):
        self.shared = sqlite3.connect(":memory:", check_same_thread=False)
        self.lock = threading.Lock()
        self.pool = queue.Queue()
        self.pool.put(sqlite3.connect(":memory:", check_same_thread=False))
        self.log = open(os.devnull, "w")

    def run(self):
        for _ in range(5):
            own = sqlite3.connect(":memory:")
            own.execute("select 1")
            own.close()
        with self.lock:
            self.shared.execute("select 1")
        lent = self.pool.get()
        lent.execute("select 1")
        self.pool.put(lent)
        self.log.write("done\n")


store = Store()
threads = [threading.Thread(target=store.run) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
