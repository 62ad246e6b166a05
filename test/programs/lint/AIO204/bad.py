"""Locks and time-outs that are entered the wrong way."""

import asyncio
import threading
from asyncio import Semaphore as Slots


class Inventory:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.slots = Slots(2)
        self.changed = asyncio.Condition()
        self.count_lock = threading.Lock()
        self.count_changed = threading.Condition()
        self.count = 0
        self.shelves = ("a", "b")

    async def add(self, number):
        with self.lock:  # expect: AIO204
            self.count += number

    def add_now(self, number):
        with self.lock:  # expect: AIO204
            self.count += number

    async def reserve(self):
        with self.slots:  # expect: AIO204
            await asyncio.sleep(0.1)

    async def announce(self):
        with self.changed:  # expect: AIO204
            self.changed.notify_all()

    async def tally(self):
        async with self.count_lock:  # expect: AIO204
            return list(self.shelves)

    async def tally_changed(self):
        async with self.count_changed:  # expect: AIO204
            self.count_changed.notify_all()

    async def take(self):
        await self.count_lock.acquire()  # expect: AIO204
        try:
            return self.shelves[0]
        finally:
            self.count_lock.release()


class Warehouse(Inventory):
    async def clear(self):
        with self.lock:  # expect: AIO204
            self.count = 0


async def load(page):
    with asyncio.timeout(5):  # expect: AIO204
        return await page.text()


async def load_all(pages):
    with asyncio.TaskGroup() as group:  # expect: AIO204
        return [group.create_task(page.text()) for page in pages]


def make_counter():
    gate = threading.RLock()

    async def count(numbers):
        async with gate:  # expect: AIO204
            return sum(numbers)

    return count
