"""Locks that all take alike."""
import functools
import os
import threading

_lock = threading.Lock()
_total = 0


def _after_fork_in_child():
    global _lock
    _lock = threading.Lock()


def _renew():
    global _lock
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_renew)


def add(amount):
    global _total
    with _lock:
        _total += amount


@functools.lru_cache(maxsize=None)
def lock_of(name):
    return threading.Lock()


def write(name, line):
    with lock_of(name):
        print(line)


class Desk:
    open_desks = 0
    names = []
    _all_lock = threading.Lock()
    title = "desk"

    def __init__(self, name):
        self.name = name
        self._init_lock()
        self.guests = 0

    def _init_lock(self):
        self._lock = threading.RLock()

    def __getstate__(self):
        return {"name": self.name}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._lock = threading.RLock()

    def copy(self):
        other = Desk.__new__(Desk)
        other.name = self.name
        other._lock = threading.RLock()
        return other

    def open(self):
        with Desk._all_lock:
            Desk.open_desks += 1
            self.names.append(self.name)

    def close(self):
        with self._lock:
            with self._all_lock:
                Desk.open_desks -= 1

    def greet(self):
        with self._lock:
            self.guests += 1
            print(self.title)


class Late:
    def __init__(self):
        self._lock = None

    def open(self):
        self._lock = threading.Lock()

    def close(self):
        self._lock = None

    def size(self):
        with self._lock:
            return 1


class Own:
    pages = []

    def __init__(self):
        self._lock = threading.Lock()
        self.pages = []

    def add(self, page):
        with self._lock:
            self.pages.append(page)

    def get_lock(self):
        return self._lock

    def clear(self):
        with self.get_lock():
            del self.pages[:]


class Locks:
    def __init__(self):
        self._guard = threading.Lock()
        self._locks = {}

    def get(self, name):
        with self._guard:
            lock = self._locks.get(name)
            if lock is None:
                lock = self._locks[name] = threading.Lock()
            return lock

    def run(self, name, action):
        with self.get(name):
            action()


class Registry:
    """There is only one."""

    entries = {}

    def __init__(self):
        self._lock = threading.Lock()

    def add(self, name, entry):
        with self._lock:
            self.entries[name] = entry


registry = Registry()


class Shelf:
    books = {}

    def __init__(self, lock):
        self._lock = lock

    def put(self, number, book):
        with self._lock:
            Shelf.books[number] = book


class Pipe:
    def __init__(self):
        self._lock = threading.Lock()
        self._reset(after_fork=False)

    def _reset(self, after_fork):
        if after_fork:
            self._lock = threading.Lock()
        self._buffer = []

    def send(self, line):
        with self._lock:
            self._buffer.append(line)
