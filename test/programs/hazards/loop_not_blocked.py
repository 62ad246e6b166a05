"""The same in a thread of its own: correct."""
import asyncio
import time
from functools import partial


async def tick():
    for _ in range(10):
        await asyncio.sleep(0.02)


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(tick(), loop.run_in_executor(None, partial(time.sleep, 0.3)))


asyncio.run(main())
