"""Threads that use what belongs to the event loop."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Thread as Worker


class Sensor:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.readings = asyncio.Queue()
        self.ready = asyncio.Event()
        self.pool = ThreadPoolExecutor()
        self.finished = self.loop.create_future()

    def start(self):
        thread = threading.Thread(target=self.read, daemon=True)
        thread.start()
        return thread

    def read(self):
        self.readings.put_nowait(21.5)  # expect: AIO208
        self.ready.set()  # expect: AIO208
        self.announce()

    def announce(self):
        self.loop.call_soon(print, "ready")  # expect: AIO208
        self.loop.call_later(1, print, "still ready")  # expect: AIO208

    def compute(self):
        future = self.pool.submit(sum, [1, 2])
        future.add_done_callback(self.computed)
        return future

    def computed(self, future):
        self.finished.set_result(future.result())  # expect: AIO208


class Reader(Worker):
    def __init__(self, path):
        super().__init__(daemon=True)
        self.path = path
        self.lines = asyncio.Queue()

    def run(self):
        with open(self.path) as file:
            for line in file:
                self.lines.put_nowait(line)  # expect: AIO208


async def watch(path):
    loop = asyncio.get_running_loop()
    changed = loop.create_future()

    def poll():
        changed.set_result(path)  # expect: AIO208

    await loop.run_in_executor(None, poll)
    return await changed


async def limit(work):
    task = asyncio.create_task(work())

    def stop():
        task.cancel()  # expect: AIO208

    timer = threading.Timer(5, stop)
    timer.start()
    return await task


async def serve(server):
    loop = asyncio.get_running_loop()

    def wait_for_key():
        input()
        loop.stop()  # expect: AIO208

    await asyncio.to_thread(wait_for_key)
    await server.close()
