"""What is taken, and lost when the task is cancelled."""

import asyncio
from collections import deque


class Baton:
    """A lock of its own kind."""

    def __init__(self):
        self.locked, self.waiters = False, deque()

    async def acquire(self):
        if self.locked:
            future = asyncio.get_running_loop().create_future()
            self.waiters.append(future)
            await future  # expect: AIO211
        self.locked = True

    def release(self):
        self.locked = False
        if self.waiters:
            future = self.waiters.popleft()
            if not future.done():
                future.set_result(None)


class Store:
    def __init__(self, pool):
        self.lock = asyncio.Lock()
        self.slots = asyncio.Semaphore(3)
        self.changed = asyncio.Condition()
        self.pool = pool

    async def reset(self, connection):
        await self.lock.acquire()  # expect: AIO211
        try:
            await connection.reset()
        except ConnectionError:
            pass
        self.lock.release()

    async def query(self, text):
        connection = await self.pool.acquire()  # expect: AIO211
        rows = await connection.fetch(text)
        await self.pool.release(connection)
        return rows

    async def query_carefully(self, text):
        connection = await self.pool.acquire()  # expect: AIO211
        try:
            rows = await connection.fetch(text)
        except Exception:
            await self.pool.release(connection)
            raise
        await self.pool.release(connection)
        return rows

    async def load(self, page):
        await asyncio.wait_for(self.slots.acquire(), 2)  # expect: AIO211
        async with page.open() as body:
            text = body.text
        self.slots.release()
        return text

    async def prepare(self, page):
        await self.lock.acquire()  # expect: AIO211
        await page.prepare()
        try:
            await page.store()
        finally:
            self.lock.release()


class CountingStore(Store):
    async def count(self, entries):
        await self.slots.acquire()  # expect: AIO211
        number = 0
        async for entry in entries:
            number += entry.size
        self.slots.release()
        return number
