"""A finalizer takes the plain lock that ordinary code holds while things are collected."""
import threading


class Pool:
    def __init__(self):
        self.lock = threading.Lock()
        self.free = []

    def take(self):
        with self.lock:  # expect: hazard.finalizer-lock
            return self.free.pop() if self.free else object()

    def give_back(self, connection):
        with self.lock:  # expect: hazard.finalizer-lock
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
