"""Locks and queues of asyncio that are made when they are needed."""

import asyncio
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Dict, Optional

thread_lock = threading.Lock()
lock: Optional[asyncio.Lock] = None
lock_type = asyncio.Lock
locks: Dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)


@dataclass
class Printer:
    name: str
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))


class Service:
    lock: asyncio.Lock
    closed = None

    def __init__(self, queue=None):
        self.lock = asyncio.Lock()
        self.queue = queue or asyncio.Queue()

    async def run(self, done=None):
        done = done or asyncio.Event()
        await done.wait()


def make_lock():
    return asyncio.Lock()


make_event = lambda: asyncio.Event()


async def main():
    queue = asyncio.Queue()
    await queue.put(Service(queue))
