"""A lock for threads is held while the task is suspended."""
import asyncio
import threading

lock = threading.Lock()


async def update():
    with lock:  # expect: hazard.lock-across-await
        await asyncio.sleep(0.01)  # expect: hazard.lock-across-await


asyncio.run(update())
