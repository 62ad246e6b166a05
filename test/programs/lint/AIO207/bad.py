"""Locks and queues of asyncio that are made when the file is imported."""

import asyncio
import asyncio as aio
from asyncio import Queue as Mail
from typing import Optional

write_lock = asyncio.Lock()  # expect: AIO207
letters: "asyncio.Queue[str]" = Mail(maxsize=10)  # expect: AIO207
LIMITS = {
    "mail": aio.Semaphore(5),  # expect: AIO207
    "print": aio.BoundedSemaphore(1),  # expect: AIO207
}

if __debug__:
    stopped = asyncio.Event()  # expect: AIO207


class Printer:
    changed = asyncio.Condition()  # expect: AIO207
    jobs: Optional[asyncio.PriorityQueue] = asyncio.PriorityQueue()  # expect: AIO207

    async def print_page(self, page, lock=asyncio.Lock()):  # expect: AIO207
        async with lock:
            await self.jobs.put(page)


def run_printer(printer):
    asyncio.run(printer.print_page("first"))
    asyncio.run(printer.print_page("second"))
