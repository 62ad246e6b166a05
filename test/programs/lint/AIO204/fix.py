import asyncio
import threading


class Inventory:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.count_lock = threading.Lock()
        self.count = 0

    async def add(self, number):
        with self.lock:  # expect: AIO204
            self.count += number

    async def tally(self):
        async with self.count_lock:  # expect: AIO204
            return self.count


async def load(page):
    with asyncio.timeout(5):  # expect: AIO204
        return await page.text()
