"""A loop with nothing to do but a thread that will set its future: that thread just takes its time."""
import asyncio
import threading
import time


def answer(loop, future):
    time.sleep(1.5)
    loop.call_soon_threadsafe(future.set_result, 42)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    threading.Thread(target=answer, args=(loop, future)).start()
    await future


asyncio.run(main())
