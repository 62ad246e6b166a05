"""The same with an RLock: correct."""
import threading


class Pool:
    def __init__(self):
        self.lock = threading.RLock()
        self.free = []

    def take(self):
        with self.lock:
            return self.free.pop() if self.free else object()

    def give_back(self, connection):
        with self.lock:
            self.free.append(connection)


class Session:
    def __init__(self, pool):
        self.pool = pool
        self.connection = pool.take()

    def __del__(self):
        self.pool.give_back(self.connection)


pool = Pool()
session = Session(pool)
del session
pool.take()
