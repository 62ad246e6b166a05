"""A program with one loop."""

import asyncio

slots = asyncio.Semaphore(2)
results = asyncio.Queue()


async def work(number):
    async with slots:
        await asyncio.sleep(0.1)
        await results.put(number)


async def main():
    await asyncio.gather(*(work(number) for number in range(5)))


if __name__ == "__main__":
    asyncio.run(main())
