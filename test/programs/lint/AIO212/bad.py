"""A permit is held while a second one is awaited."""

import asyncio
import threading
from asyncio import BoundedSemaphore as Slots


class Crawler:
    def __init__(self, pool):
        self.slots = asyncio.Semaphore(10)
        self.prints = Slots(2)
        self.cores = threading.Semaphore(4)
        self.pool = pool

    async def fetch(self, page):
        async with self.slots:
            return await page.load()

    async def fetch_all(self, page):
        async with self.slots:
            links = await page.links()
            for link in links:
                await self.fetch(link)  # expect: AIO212

    async def fetch_together(self, pages):
        async with self.slots:
            return await asyncio.gather(*(self.fetch(page) for page in pages))  # expect: AIO212

    async def copy(self):
        async with self.pool.acquire() as reader:
            async for row in reader.cursor("select * from page"):
                async with self.pool.acquire() as writer:  # expect: AIO212
                    await writer.execute("insert", row)

    async def print_both(self, page):
        async with self.prints:
            if page:
                async with self.prints:  # expect: AIO212
                    await page.print()

    def shrink(self, picture):
        with self.cores:
            with self.cores:  # expect: AIO212
                return picture.shrink()


class DeepCrawler(Crawler):
    async def fetch_deeply(self, page):
        async with self.slots:
            return await self.fetch(page)  # expect: AIO212


async def move(pool):
    async with pool.acquire() as source, pool.acquire() as target:  # expect: AIO212
        await target.execute("insert", await source.fetch("select"))


async def crawl(pages):
    limit = asyncio.Semaphore(3)

    async def visit(page):
        async with limit:
            return await page.load()

    async with limit:
        for page in pages:
            await visit(page)  # expect: AIO212
