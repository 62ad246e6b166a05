"""Threads that hand over to the event loop, or have one of their own."""

import asyncio
import queue
import threading
from concurrent.futures import Future, ThreadPoolExecutor


class Sensor:
    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.readings = asyncio.Queue()
        self.raw = queue.Queue()
        self.ready = asyncio.Event()
        self.stopped = threading.Event()
        self.answer = Future()

    def start(self):
        thread = threading.Thread(target=self.read, daemon=True)
        thread.start()
        return thread

    def read(self):
        while not self.stopped.is_set():
            self.raw.put_nowait(21.5)
            self.loop.call_soon_threadsafe(self.readings.put_nowait, 21.5)
            self.loop.call_soon_threadsafe(self.deliver)
            self.loop.call_soon_threadsafe(lambda: self.ready.clear())
            future = asyncio.run_coroutine_threadsafe(self.store(21.5), self.loop)
            future.result(timeout=5)
        self.answer.set_result("stopped")

    def deliver(self):
        self.ready.set()

    async def store(self, reading):
        self.readings.put_nowait(reading)
        self.ready.set()

    async def stop(self):
        self.stopped.set()
        self.readings.put_nowait(None)


class LoopThread(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.loop = asyncio.new_event_loop()

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.call_soon(print, "running")
        self.loop.run_forever()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.join()


def serve_in_thread(handler):
    def work():
        loop = asyncio.new_event_loop()
        started = loop.create_future()
        loop.call_soon(started.set_result, None)
        loop.run_until_complete(handler(started))
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


class Consumer(threading.Thread):
    def run(self):
        asyncio.run(self.consume())

    async def consume(self):
        orders = asyncio.Queue()
        orders.put_nowait("first")
        asyncio.get_running_loop().call_soon(print, await orders.get())


async def watch(path):
    loop = asyncio.get_running_loop()
    changed = loop.create_future()

    def on_change():
        if not changed.done():
            changed.set_result(path)

    def poll():
        loop.call_soon_threadsafe(on_change)

    await loop.run_in_executor(None, poll)
    return await changed


async def compute(numbers):
    with ThreadPoolExecutor() as pool:
        future = asyncio.wrap_future(pool.submit(sum, numbers))
        future.add_done_callback(lambda done: print(done.result()))
        return await future


async def limit(work):
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work())
    handle = loop.call_later(5, task.cancel)
    try:
        return await task
    finally:
        handle.cancel()
