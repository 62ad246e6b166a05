"""Two tasks take two locks of asyncio's in opposite orders."""
# timeout: 3
import asyncio


async def work(first, second):
    async with first:  # expect: deadlock.cycle, order.cycle
        await asyncio.sleep(0.01)
        async with second:  # expect: deadlock.cycle, order.cycle
            pass


async def main():
    one, other = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(work(one, other), work(other, one))


asyncio.run(main())
