import multiprocessing
import threading
from threading import BoundedSemaphore as Permits

table_lock = threading.RLock()
table = {}
permits = Permits(3)


class Archive:
    def __init__(self, file):
        self.file = file
        self.lock = threading.Lock()
        self.is_open = True

    def check(self):
        if not self.is_open:
            raise ValueError("closed")

    def read(self, offset):
        self.lock.acquire()  # expect: THR102
        self.file.seek(offset)
        data = self.file.read(64)
        self.lock.release()
        return data

    def size(self):
        self.lock.acquire()  # expect: THR102
        self.check()
        try:
            return self.file.tell()
        finally:
            self.lock.release()

    def close(self):
        self.lock.acquire()  # expect: THR102
        if not self.is_open:
            return
        self.is_open = False
        self.lock.release()

    def rewind(self):
        try:
            self.check()
            self.lock.acquire()  # expect: THR102
            self.file.seek(0)
        finally:
            self.lock.release()


class Index(Archive):
    def first(self):
        self.lock.acquire()  # expect: THR102
        try:
            line = self.file.readline()
        except OSError:
            line = ""
        self.lock.release()
        return line


def put(name, value):
    table_lock.acquire(True)  # expect: THR102
    table[name] = str(value)
    table_lock.release()


def put_all(rows):
    for row in rows:
        permits.acquire()  # expect: THR102
        if row is None:
            break
        row.store()
        permits.release()


def try_to_put(name, value):
    if table_lock.acquire(blocking=False):  # expect: THR102
        table[name] = str(value)
        table_lock.release()


def report(writer):
    lock = multiprocessing.Lock()
    lock.acquire()  # expect: THR102
    try:
        writer.begin()
    finally:
        writer.end()
    lock.release()


class Ledger:
    def __init__(self):
        self._lock = threading.Lock()
        self._sums = []

    def add(self, amount):
        try:
            self._lock.acquire()  # expect: THR102
            self._sums.append(int(amount))
        finally:
            self._lock.release()
