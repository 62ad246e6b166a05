"""Waits that hold nobody up: a loop with one task, a thread that has ended."""

import asyncio
import threading


async def end(loop, executor):
    future = loop.create_future()

    def shut_down():
        executor.shutdown()
        loop.call_soon_threadsafe(future.set_result, None)

    thread = threading.Thread(target=shut_down, args=(future,))
    thread.start()
    try:
        await future
    finally:
        thread.join()


class Heartbeat(threading.Thread):
    """Its loop has one coroutine."""

    def __init__(self, peer):
        super().__init__()
        self.peer = peer
        self.stopped = threading.Event()

    def run(self):
        loop = asyncio.new_event_loop()
        loop.run_until_complete(self.beat())

    async def beat(self):
        while not self.stopped.wait(1.0):
            await self.peer.ping()
