"""A coroutine sleeps without an await while others want to run."""
import asyncio
import time


async def tick():
    for _ in range(10):
        await asyncio.sleep(0.02)


async def block():
    await asyncio.sleep(0.03)
    time.sleep(0.3)  # expect: hazard.blocked-loop


async def main():
    await asyncio.gather(tick(), block())


asyncio.run(main())
