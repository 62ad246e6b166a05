import asyncio
import subprocess
import time

import requests


async def poll(station):
    while True:
        time.sleep(station.pause)  # expect: AIO202
        await station.refresh()


async def temperature(address):
    return requests.get(address, timeout=5).json()["now"]  # expect: AIO202


async def convert(path):
    done = subprocess.run(["convert", path], check=True)  # expect: AIO202
    answer = input()  # expect: AIO202
    return done, answer
