"""Downloads one after the other, each with a permit; and a semaphore that counts what is there, taken twice."""
import asyncio
import threading

limit = threading.Semaphore(2)
loaves = threading.Semaphore(0)


async def download(gate):
    async with gate:
        await asyncio.sleep(0)


async def main():
    gate = asyncio.Semaphore(2)
    await download(gate)
    await asyncio.gather(download(gate), download(gate), download(gate))


def bake():
    for _ in range(4):
        loaves.release()


def eat():
    loaves.acquire()
    loaves.acquire()
    with limit:
        pass


asyncio.run(main())
threads = [threading.Thread(target=eat), threading.Thread(target=bake), threading.Thread(target=eat)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
