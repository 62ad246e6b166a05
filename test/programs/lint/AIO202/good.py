"""Calls that look alike and leave the event loop alone."""

import asyncio
import queue
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import requests


def measure_slowly():
    time.sleep(1)
    return requests.get("https://weather.example", timeout=5)


class Station:
    def __init__(self):
        self.readings = queue.Queue()
        self.arrived = asyncio.Queue()
        self.ready = asyncio.Event()
        self.stopped = threading.Event()
        self.pool = ThreadPoolExecutor()
        self.lock = threading.Lock()
        self.last = None

    async def poll(self):
        await asyncio.sleep(1)
        await self.ready.wait()
        return await self.arrived.get()

    async def look(self):
        try:
            return self.readings.get_nowait()
        except queue.Empty:
            return self.readings.get(block=False)

    async def remember(self, reading):
        with self.lock:
            self.last = reading
        self.readings.put(reading)

    async def measure(self):
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, time.sleep, 0.1)
        await loop.run_in_executor(self.pool, lambda: time.sleep(0.1))
        return await asyncio.to_thread(measure_slowly)

    async def measure_in_thread(self):
        def work():
            time.sleep(0.2)
            return self.readings.get()

        return await asyncio.to_thread(work)

    async def compute(self):
        future = self.pool.submit(sum, [1, 2])
        await asyncio.wrap_future(future)
        return future.result()

    async def compute_if_done(self):
        future = self.pool.submit(sum, [1, 2])
        await asyncio.sleep(0.1)
        if future.done():
            return future.result()
        return None

    async def both(self):
        first = asyncio.create_task(self.poll())
        done, _ = await asyncio.wait([first])
        return [task.result() for task in done]

    async def stop(self):
        self.stopped.set()
        await asyncio.to_thread(self.stopped.wait)


async def convert(path):
    process = await asyncio.create_subprocess_exec("convert", path)
    await process.wait()
    child = subprocess.Popen(["ls"])
    return child.poll(), ", ".join(["a", "b"])


async def serve():
    listener = socket.socket()
    listener.setblocking(False)
    return await asyncio.get_running_loop().sock_accept(listener)


async def read(path, orders: asyncio.Queue, worker: threading.Thread):
    with open(path) as file:
        text = file.read()
    worker.join(timeout=0)
    return text, await orders.get()


async def yield_to_threads():
    time.sleep(0)
    await asyncio.sleep(0)


async def get_page(session, address):
    async with session.get(address) as response:
        return await response.text()


async def get_moon():
    async with httpx.AsyncClient() as client:
        return await client.get("https://weather.example/moon")


async def get_moon_in_thread():
    session = requests.Session()
    return await asyncio.to_thread(session.get, "https://weather.example/moon")
