"""Locks that are given back before the coroutine is suspended, or belong to asyncio."""

import asyncio
import threading


class TokenCache:
    def __init__(self, database, guard):
        self._lock = asyncio.Lock()
        self._count_lock = threading.Lock()
        self._slots = asyncio.Semaphore(3)
        self._busy = threading.Lock()
        self.guard = guard
        self.database = database
        self.count = 0
        self.token = None

    async def get(self):
        async with self._lock:
            if self.token is None:
                self.token = await self.database.token()
            return self.token

    async def count_and_load(self):
        with self._count_lock:
            self.count += 1
        async with self._slots:
            return await self.database.load()

    async def load_and_count(self):
        token = await self.database.token()
        with self._count_lock:
            self.count += 1
        return token

    async def make_loader(self):
        with self._count_lock:
            self.count += 1

            async def load():
                return await self.database.load()

            return load

    async def refresh_in_thread(self):
        def refresh():
            with self._count_lock:
                self.count += 1

        await asyncio.to_thread(refresh)

    async def load_unless_busy(self):
        if not self._busy.acquire(blocking=False):
            return None
        try:
            return await self.database.load()
        finally:
            self._busy.release()

    async def store(self, token):
        while True:
            with self._count_lock:
                if self.count == 0:
                    break
            await asyncio.sleep(0.01)
        await self.database.store(token)

    async def counts(self):
        with self._count_lock:
            count = self.count
        yield count

    async def load_guarded(self):
        with self.guard:
            return await self.database.load()

    async def count_twice(self):
        self._count_lock.acquire()
        try:
            self.count += 2
        finally:
            self._count_lock.release()
        await asyncio.sleep(0)

    def rows(self):
        with self._count_lock:
            yield self.count
