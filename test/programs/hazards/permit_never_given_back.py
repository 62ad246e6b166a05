"""One of the downloads returns early and keeps its permit."""
import asyncio


async def download(gate, name):
    await gate.acquire()  # expect: hazard.lock-left-held
    if name == "nothing":
        return
    await asyncio.sleep(0)
    gate.release()


async def main():
    gate = asyncio.Semaphore(3)
    await asyncio.gather(*(download(gate, name) for name in ("a", "nothing", "b")))


asyncio.run(main())
