"""Pages are fetched one after the other, though none needs another.

Advice: sequential-awaits
"""

import asyncio


async def fetch(number):
    await asyncio.sleep(0.1 + number / 1000)
    return number


async def main():
    for number in range(10):
        await fetch(number)


asyncio.run(main())
