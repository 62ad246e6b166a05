"""Locks and time-outs that are entered the right way, or are of an unknown kind."""

import asyncio
import contextlib
import threading
from multiprocessing import Lock


class Inventory:
    def __init__(self, is_async, guard):
        self.lock = asyncio.Lock()
        self.changed = asyncio.Condition()
        self.count_lock = threading.Lock()
        self.shared = Lock()
        self.either = asyncio.Lock() if is_async else threading.Lock()
        self.guard = guard
        self.count = 0

    async def add(self, number):
        async with self.lock, self.changed:
            self.count += number
            self.changed.notify_all()

    async def tally(self):
        with self.count_lock:
            return self.count

    def tally_across(self):
        with self.shared:
            return self.count

    async def add_guarded(self, number):
        async with self.guard:
            self.count += number

    def add_guarded_now(self, number):
        with self.guard:
            self.count += number

    async def add_either(self, number):
        async with self.either:
            self.count += number

    async def take(self):
        await self.lock.acquire()
        try:
            return self.count
        finally:
            self.lock.release()


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0

    def add(self):
        with self.lock:
            self.count += 1


class AsyncCounter(Counter):
    def __init__(self):
        super().__init__()
        self.lock = asyncio.Lock()

    async def add_later(self):
        async with self.lock:
            await asyncio.sleep(0)


async def load(page):
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(page.open())
        with contextlib.suppress(OSError):
            return await page.text()


def run_all(main):
    with asyncio.Runner() as runner:
        return runner.run(main())
