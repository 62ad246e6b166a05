"""Locks that are there in time."""
import asyncio
import threading

try:
    _lock
except NameError:
    _lock = threading.Lock()

_guard = threading.Lock()
_made = None


def made_under_guard():
    global _made
    with _guard:
        if _made is None:
            _made = threading.RLock()
    return _made


def write(line, out, lock=None):
    if lock is None:
        lock = threading.Lock()
    out.add(lock, line)


class Store:
    def __init__(self, lock=None):
        if lock is None:
            lock = threading.RLock()
        self._lock = lock
        self._locks = {}
        self._named = {}
        self._timer = None
        self._prepare()

    def _prepare(self):
        if not hasattr(self, "_done"):
            self._done = threading.Event()

    def __setstate__(self, state):
        self.__dict__.update(state)
        if "_lock" not in state:
            self._lock = threading.RLock()

    def lock_for(self, name):
        return self._locks.setdefault(name, threading.Lock())

    def guarded_lock_for(self, name):
        with self._lock:
            if name not in self._named:
                self._named[name] = threading.Lock()
            return self._named[name]

    def timer(self, action):
        timer = threading.Timer(5, action)
        if self._timer is None:
            self._timer = timer
        return timer


class Shared(Store):
    def __init__(self, parent=None):
        super().__init__()
        if parent is None:
            self._own = threading.Lock()
        else:
            self._own = parent._own


class AsyncStore:
    def __init__(self):
        self._lock = None

    async def load(self, name, read):
        if self._lock is None:
            self._lock = asyncio.Lock()
        async with self._lock:
            return await read(name)


class Optional:
    def __init__(self, is_shared):
        self._lock = threading.Lock() if is_shared else None

    def size(self, items):
        if self._lock is None:
            return len(items)
        with self._lock:
            return len(items)
