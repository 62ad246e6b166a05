import asyncio
import subprocess
import time

import requests


async def poll(station):
    while True:
        await asyncio.sleep(station.pause)  # expect: AIO202
        await station.refresh()


async def temperature(address):
    return (await asyncio.to_thread(requests.get, address, timeout=5)).json()["now"]  # expect: AIO202


async def convert(path):
    done = await asyncio.to_thread(subprocess.run, ["convert", path], check=True)  # expect: AIO202
    answer = await asyncio.to_thread(input)  # expect: AIO202
    return done, answer
