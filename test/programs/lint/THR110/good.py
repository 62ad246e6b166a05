import asyncio
import threading
from contextlib import contextmanager

news_came = threading.Condition()
news = []


def publish(text):
    with news_came:
        news.append(text)
        news_came.notify_all()


class Buffer:
    """As in the standard queue: two conditions, one lock."""

    def __init__(self, lock=None):
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.given_lock = lock
        self.given = threading.Condition(lock)
        self.items = []

    def put(self, item):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < 9)
            self.items.append(item)
            self.not_empty.notify()

    def clear(self):
        with self.mutex:
            self.items.clear()
            self.not_full.notify_all()

    def get(self):
        self.mutex.acquire()
        try:
            while not self.items:
                self.not_empty.wait()
            self.not_full.notify()
            return self.items.pop()
        finally:
            self.mutex.release()

    def tell_given(self):
        with self.given_lock:
            self.given.notify()

    def try_to_tell(self):
        if self.mutex.acquire(blocking=False):
            try:
                self.not_empty.notify()
            finally:
                self.mutex.release()

    def add(self, item):
        with self.mutex:
            self.items.append(item)
            self._tell()

    def add_all(self, items):
        with self.not_empty:
            self.items.extend(items)
            self._tell()

    def _tell(self):
        self.not_empty.notify()

    def _tell_subclass(self):
        """The classes that inherit call it."""
        self.not_full.notify()

    def tell_all(self):  # requires: self.mutex
        self.not_empty.notify_all()

    def tell_locked(self):
        self.not_empty.notify_all()

    @contextmanager
    def changing(self):
        with self.mutex:
            yield self.items

    def change(self):
        with self.changing() as items:
            items.clear()
            self.not_full.notify_all()

    def change_for(self, helper):
        with helper.held():
            self.not_full.notify_all()


class Monitor:
    def __init__(self):
        self._changed = threading.Condition()

    def __enter__(self):
        self._changed.acquire()
        return self

    def __exit__(self, *exception):
        self._changed.release()

    def change(self):
        with self:
            self._changed.notify_all()

    def notify_all(self):
        """Hands it on: who calls it has entered."""
        self._changed.notify_all()

    def wait(self, timeout=None):
        return self._changed.wait(timeout)


class Mailbox:
    def __init__(self, observer):
        self._filled = asyncio.Condition()
        self.observer = observer

    async def post(self):
        async with self._filled:
            self._filled.notify_all()
        self.observer.notify()
