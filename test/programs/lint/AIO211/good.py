"""What is taken, and given back even when the task is cancelled."""

import asyncio
from collections import deque


class Baton:
    def __init__(self):
        self.locked, self.waiters = False, deque()

    async def acquire(self):
        if self.locked:
            future = asyncio.get_running_loop().create_future()
            self.waiters.append(future)
            try:
                await future
            except asyncio.CancelledError:
                self.wake_next()
                raise
        self.locked = True

    def wake_next(self):
        if self.waiters:
            future = self.waiters.popleft()
            if not future.done():
                future.set_result(None)


class Gate:
    """Wakes everybody."""

    def __init__(self):
        self.waiters = []

    async def wait(self):
        future = asyncio.get_running_loop().create_future()
        self.waiters.append(future)
        await future

    def open(self):
        for future in self.waiters:
            if not future.done():
                future.set_result(None)
        self.waiters.clear()


class Pipeline:
    """Answers come in the order of the questions."""

    def __init__(self, writer):
        self.writer = writer
        self.waiters = deque()

    async def ask(self, question):
        future = asyncio.get_running_loop().create_future()
        self.waiters.append(future)
        self.writer.write(question)
        return await future

    def on_answer(self, answer):
        future = self.waiters.popleft()
        if not future.done():
            future.set_result(answer)


class Store:
    def __init__(self, pool):
        self.lock = asyncio.Lock()
        self.slots = asyncio.Semaphore(3)
        self.pool = pool
        self.count = 0

    async def reset(self, connection):
        async with self.lock:
            await connection.reset()

    async def query(self, text):
        connection = await self.pool.acquire()
        try:
            return await connection.fetch(text)
        finally:
            await self.pool.release(connection)

    async def query_in_block(self, text):
        async with self.pool.acquire() as connection:
            return await connection.fetch(text)

    async def query_and_clean(self, text):
        connection = await self.pool.acquire()
        try:
            rows = await connection.fetch(text)
        except BaseException:
            self.pool.release(connection)
            raise
        self.pool.release(connection)
        return rows

    async def add(self):
        await self.lock.acquire()
        self.count += 1
        self.lock.release()
        await asyncio.sleep(0)

    async def try_query(self, text):
        try:
            await asyncio.wait_for(self.slots.acquire(), 1)
        except asyncio.TimeoutError:
            return None
        try:
            return await self.pool.fetch(text)
        finally:
            self.slots.release()

    async def query_if_taken(self, text):
        is_taken = False
        try:
            is_taken = await self.slots.acquire()
            return await self.pool.fetch(text)
        finally:
            if is_taken:
                self.slots.release()

    async def pause(self):
        """Is called while the lock is held."""
        self.lock.release()
        await asyncio.sleep(1)
        await self.lock.acquire()

    async def start(self, work):
        await self.slots.acquire()
        task = asyncio.ensure_future(work())
        task.add_done_callback(lambda done: self.slots.release())
        await asyncio.sleep(0)
        return task

    async def __aenter__(self):
        await self.lock.acquire()
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *error):
        self.lock.release()


async def count_alone(entries):
    lock = asyncio.Lock()
    await lock.acquire()
    number = len([entry async for entry in entries])
    lock.release()
    return number
