import logging
import queue
import threading
import weakref
from collections import deque

registry_lock = threading.RLock()
registry = {}
gone = queue.SimpleQueue()
log = logging.getLogger(__name__)


class Pool:
    def __init__(self):
        self.lock = threading.Lock()
        self.free = []
        self.returned = deque()

    def take(self):
        with self.lock:
            while self.returned:
                self.free.append(self.returned.popleft())
            return self.free.pop()


class Cursor:
    def __init__(self, pool: Pool):
        self.pool = pool
        self.connection = pool.take()

    def close(self):
        with self.pool.lock:
            self.pool.free.append(self.connection)

    def __del__(self):
        self.pool.returned.append(self.connection)


class Socket:
    """Its lock is its own: who is inside keeps the object alive."""

    def __init__(self, raw):
        self._lock = threading.Lock()
        self.raw = raw

    def send(self, data):
        with self._lock:
            self.raw.send(data)

    def close(self):
        with self._lock:
            self.raw.close()

    def __del__(self):
        self.close()


class Member:
    def __init__(self):
        with registry_lock:
            registry[id(self)] = "here"

    def __del__(self):
        with registry_lock:
            registry.pop(id(self), None)


class Guest:
    def __del__(self):
        gone.put(id(self))
        log.warning("a guest was not seen off")


class Lodger:
    def __init__(self, pool: Pool):
        self.pool = pool

    def __del__(self):
        if self.pool.lock.acquire(blocking=False):
            try:
                self.pool.free.append(self)
            finally:
                self.pool.lock.release()


class Stranger:
    def __init__(self, house):
        self.house = house

    def __del__(self):
        with self.house.lock:
            self.house.guests.remove(self)


class Watcher:
    def __init__(self):
        self._lock = threading.Lock()
        self._dead = deque()
        self._watched = set()

    def watch(self, thing):
        with self._lock:
            self._watched.add(weakref.ref(thing, self._dead.append))

    def sweep(self):
        with self._lock:
            while self._dead:
                self._watched.discard(self._dead.popleft())
