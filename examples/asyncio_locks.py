"""Readers of a sensor: one lock, a semaphore with two places, an event that starts them and a condition at the end.

Look at: all readers wait for `start`, and "Task-1" ends these waits at once; then for `bus` (a semaphore: two at a time) and
`Log.lock`. Click a wait to see which task held the lock and which one gave it back.
"""

import asyncio


class Log:
    """Lines that must not be mixed up."""

    def __init__(self):
        self.lock = asyncio.Lock()
        self.lines = []

    async def add(self, line):
        async with self.lock:
            # Something is awaited while the lock is held; so the others have to wait for it.
            await asyncio.sleep(0.01)
            self.lines.append(line)


async def reader(number, start, bus, log, finished):
    await start.wait()
    async with bus:
        await asyncio.sleep(0.02)
    await log.add("reader %d" % number)
    async with finished:
        finished.notify_all()


async def main():
    # Made in here, since before Python 3.10 they belong to the loop that is there when they are made.
    start = asyncio.Event()
    bus = asyncio.Semaphore(2)
    finished = asyncio.Condition()
    log = Log()
    readers = [
        asyncio.create_task(reader(number, start, bus, log, finished), name="reader-%d" % number) for number in range(4)
    ]
    await asyncio.sleep(0.02)
    start.set()
    async with finished:
        await finished.wait_for(lambda: len(log.lines) == len(readers))
    await asyncio.gather(*readers)
    print(len(log.lines), "lines")


if __name__ == "__main__":
    asyncio.run(main())
