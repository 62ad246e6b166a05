"""A lock of asyncio's is made to be held across an await; one for threads is given back before: correct."""
import asyncio
import threading

for_threads = threading.Lock()


async def update(lock):
    async with lock:
        await asyncio.sleep(0.01)
    with for_threads:
        pass
    await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(update(lock), update(lock))


asyncio.run(main())
