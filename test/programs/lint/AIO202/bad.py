"""Calls that stop the event loop."""

import asyncio
import os
import queue
import socket
import subprocess
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from subprocess import check_output as run_command
from time import sleep as pause

import httpx
import requests


class Station:
    def __init__(self):
        self.readings = queue.Queue()
        self.ready = threading.Event()
        self.slots = threading.Semaphore(3)
        self.worker = threading.Thread(target=self.measure)
        self.pool = ThreadPoolExecutor()

    def measure(self):
        self.readings.put(21.5)
        self.ready.set()

    async def poll(self):
        time.sleep(1)  # expect: AIO202
        pause(0.5)  # expect: AIO202
        return self.readings.get()  # expect: AIO202

    async def poll_briefly(self):
        return self.readings.get(timeout=2)  # expect: AIO202

    async def wait_until_ready(self):
        self.ready.wait()  # expect: AIO202
        self.worker.join()  # expect: AIO202

    async def take_slot(self):
        self.slots.acquire()  # expect: AIO202
        try:
            return self.readings.get_nowait()
        finally:
            self.slots.release()

    async def compute(self):
        future = self.pool.submit(sum, [1, 2])
        return future.result()  # expect: AIO202


async def forecast(city):
    page = requests.get("https://weather.example/" + city, timeout=5)  # expect: AIO202
    with urllib.request.urlopen("https://weather.example/moon") as moon:  # expect: AIO202
        return page.json(), moon.read()


async def convert(path):
    subprocess.run(["convert", path], check=True)  # expect: AIO202
    version = run_command(["convert", "--version"])  # expect: AIO202
    os.system("sync")  # expect: AIO202
    process = subprocess.Popen(["ls"])
    process.wait()  # expect: AIO202
    return version


async def chat():
    name = input("name: ")  # expect: AIO202
    peer = socket.create_connection(("chat.example", 6667))  # expect: AIO202
    await asyncio.sleep(0)
    return name, peer


async def serve():
    listener = socket.socket()
    listener.bind(("localhost", 0))
    listener.listen()
    return listener.accept()  # expect: AIO202


async def bounded():
    jobs = queue.Queue(maxsize=1)
    jobs.put("first")  # expect: AIO202
    return jobs


async def moon_and_tide():
    with requests.Session() as session:
        moon = session.get("https://weather.example/moon")  # expect: AIO202
    client = httpx.Client()
    return moon, client.post("https://weather.example/tide")  # expect: AIO202
