"""A download that is limited starts another one that is limited in the same way."""
import asyncio

limit = asyncio.Semaphore(2)


async def download(parts):
    async with limit:  # expect: hazard.nested-permit
        await asyncio.sleep(0)
        if parts:
            await download(parts - 1)


asyncio.run(download(1))
