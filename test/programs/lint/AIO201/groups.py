"""A task group keeps its tasks."""

import asyncio


async def fetch(page):
    await asyncio.sleep(0.1)
    return page


async def fetch_all(pages):
    async with asyncio.TaskGroup() as group:
        for page in pages:
            group.create_task(fetch(page))


async def fetch_with_limit(page):
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        group.create_task(fetch(page))
