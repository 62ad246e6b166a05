"""Work that mostly waits: compare `fetch` as threads with `fetch_async` as tasks, both over `range(12)`.

`fetch` in the mode `async` shows what a plain function does to a loop: nothing else runs while it sleeps.
"""

import asyncio
import time


def fetch(number):
    """Stands for a request to a server."""
    time.sleep(0.05 + number % 3 * 0.02)
    return parse(number)


async def fetch_async(number):
    """The same, for a loop."""
    await asyncio.sleep(0.05 + number % 3 * 0.02)
    return parse(number)


def parse(number):
    """The part that needs the processor."""
    return sum(i * i for i in range(20_000 + number))


if __name__ == "__main__":
    for number in range(12):
        print(number, fetch(number))
