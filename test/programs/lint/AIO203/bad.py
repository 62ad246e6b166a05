"""Locks for threads that are held while the coroutine is suspended."""

import asyncio
import multiprocessing
import threading
from threading import RLock as Recursive

catalogue_lock = threading.Lock()


class TokenCache:
    def __init__(self):
        self._lock, self.token = threading.Lock(), None

    async def _request(self):
        await asyncio.sleep(0.01)
        return "t"

    async def get(self):
        with self._lock:  # expect: AIO203
            if self.token is None:
                self.token = await self._request()
            return self.token


class Shelf:
    def __init__(self, database):
        self.lock = Recursive()
        self.changed = threading.Condition()
        self.places = threading.BoundedSemaphore(4)
        self.across = multiprocessing.Lock()
        self.database = database

    async def rows(self):
        found = []
        with self.lock:  # expect: AIO203
            async for row in self.database.rows():
                found.append(row)
        return found

    async def stream(self):
        with self.changed:  # expect: AIO203
            yield "first"

    async def store(self, book):
        with self.places:  # expect: AIO203
            async with self.database.begin() as transaction:
                await transaction.insert(book)

    async def titles(self):
        with self.across:  # expect: AIO203
            return [row.title async for row in self.database.rows()]

    async def replace(self, book):
        self.lock.acquire()  # expect: AIO203
        try:
            await self.database.replace(book)
        finally:
            self.lock.release()


class SpecialShelf(Shelf):
    async def count(self):
        with self.lock:  # expect: AIO203
            return len([await row for row in self.database.pending()])


def make_loader(database):
    async def load(name):
        with catalogue_lock:  # expect: AIO203
            return await database.load(name)

    return load
