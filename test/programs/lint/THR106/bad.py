import gc
import queue
import threading
import weakref
from threading import Lock as Mutex

open_files_lock = threading.Lock()
open_files = set()
finished = queue.Queue()


class Pool:
    def __init__(self):
        self.lock = Mutex()
        self.free = []

    def take(self):
        with self.lock:
            return self.free.pop()

    def give_back(self, connection):
        with self.lock:
            self.free.append(connection)


class Cursor:
    """A circle of references: only the collector ends it."""

    def __init__(self, pool):
        self.pool, self.me = pool, self

    def __del__(self):
        self.pool.give_back(object())  # expect: THR106


class Statement:
    def __init__(self, pool: Pool):
        self.pool = pool
        self.connection = pool.take()

    def __del__(self):
        with self.pool.lock:  # expect: THR106
            self.pool.free.append(self.connection)


class File:
    def __init__(self, path):
        self.path = path
        with open_files_lock:
            open_files.add(path)

    def close(self):
        with open_files_lock:
            open_files.discard(self.path)

    def __del__(self):
        self.close()  # expect: THR106


class Job:
    _count_lock = threading.Lock()
    _count = 0

    def begin(self):
        with self._count_lock:
            Job._count += 1

    def __del__(self):
        Job._count_lock.acquire()  # expect: THR106
        try:
            Job._count -= 1
        finally:
            Job._count_lock.release()


class Report:
    def __del__(self):
        finished.put(id(self))  # expect: THR106


class Registry:
    def __init__(self):
        self._lock = threading.Lock()
        self._members = {}

    def join(self, member):
        with self._lock:
            self._members[id(member)] = weakref.ref(member, self._gone)
        weakref.finalize(member, self._count, id(member))

    def _gone(self, reference):
        with self._lock:  # expect: THR106
            self._members.pop(id(reference), None)

    def _count(self, number):
        with self._lock:  # expect: THR106
            self._members.pop(number, None)


def on_collection(phase, details):
    with open_files_lock:  # expect: THR106
        open_files.add(phase + str(details))


def next_report():
    return finished.get()


gc.callbacks.append(on_collection)
pool = Pool()
print(Cursor(pool))


ticket_lock = threading.Lock()
tickets = []


class Ticket:
    """Only tickets that go take the lock, and one can go while another one does."""

    def __del__(self):
        self._give_back()  # expect: THR106

    def _give_back(self):
        with ticket_lock:
            tickets.append(id(self))


class Garage:
    def __init__(self):
        self.lock = threading.Lock()
        self.cars = []

    def park(self, car):
        with self.lock:
            self.cars.append(car)


class Car:
    """What it gets has the name of the class."""

    def __init__(self, garage):
        self.garage = garage

    def __del__(self):
        with self.garage.lock:  # expect: THR106
            self.garage.cars.remove(id(self))
