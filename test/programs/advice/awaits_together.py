"""Pages are fetched together; then the program keeps a pace.

Advice: none
"""

import asyncio


async def fetch(number):
    await asyncio.sleep(0.05 + number / 1000)
    return number


async def main():
    await asyncio.gather(*[fetch(number) for number in range(6)])
    for _ in range(5):
        await asyncio.sleep(0.05)


asyncio.run(main())
