"""Permits one after the other, or of different kinds."""

import asyncio
from collections import defaultdict


class Crawler:
    def __init__(self, readers, writers):
        self.slots = asyncio.Semaphore(10)
        self.prints = asyncio.Semaphore(2)
        self.by_host = defaultdict(lambda: asyncio.Semaphore(2))
        self.readers = readers
        self.writers = writers
        self.tasks = []

    async def fetch(self, page):
        async with self.slots:
            return await page.load()

    async def fetch_then_links(self, page):
        body = await self.fetch(page)
        async with self.slots:
            links = await page.links()
        return body, [await self.fetch(link) for link in links]

    async def fetch_and_print(self, page):
        async with self.slots:
            async with self.prints:
                await page.print()

    async def fetch_politely(self, page):
        async with self.by_host[page.host]:
            return await self.fetch(page)

    async def fetch_from_two(self, first, second):
        async with self.by_host[first.host]:
            async with self.by_host[second.host]:
                return await first.load(), await second.load()

    async def copy(self):
        async with self.readers.acquire() as reader:
            async with self.writers.acquire() as writer:
                await writer.execute("insert", await reader.fetch("select"))

    async def read_twice(self):
        async with self.readers.acquire() as reader:
            first = await reader.fetch("select 1")
        async with self.readers.acquire() as reader:
            return first, await reader.fetch("select 2")

    async def start(self, page):
        async with self.slots:
            self.tasks.append(asyncio.ensure_future(self.fetch(page)))

    async def make_loader(self, page):
        async with self.slots:
            await asyncio.sleep(0)

            async def load():
                async with self.slots:
                    return await page.load()

            return load

    async def read_within(self):
        async with self.readers.acquire() as reader:
            async with reader.transaction():
                async with reader.transaction():
                    await reader.execute("update")

    async def fetch_again(self, page):
        async with self.slots:
            body = await page.load()
            follow = self.fetch(page)
        return body, await follow

    async def compare(self, other):
        async with self.slots:
            async with other.slots:
                await asyncio.sleep(0)

    async def take_in_tasks(self):
        await self.slots.acquire()
        waiting = asyncio.create_task(self.slots.acquire())
        self.slots.release()
        return await waiting
