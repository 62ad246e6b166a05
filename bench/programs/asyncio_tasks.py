"""10,000 asyncio tasks of 10 awaits each; prints seconds."""

import asyncio
import time


async def work():
    for _ in range(10):
        await asyncio.sleep(0)


async def main():
    start = time.perf_counter()
    await asyncio.gather(*[work() for _ in range(10_000)])
    return time.perf_counter() - start


print("figure", asyncio.run(main()))
