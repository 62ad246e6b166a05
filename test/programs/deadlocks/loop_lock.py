"""The loop's thread waits for a lock that one of its own tasks holds across an await."""
# timeout: 3
import asyncio
import threading

lock = threading.Lock()


async def update():
    with lock:  # expect: deadlock.loop, hazard.lock-across-await
        await asyncio.sleep(0.01)


async def main():
    await asyncio.gather(update(), update())


asyncio.run(main())
