"""A thread puts into a queue and sets an event and a future that belong to the loop of another thread."""
import asyncio
import threading
import time


def produce(items, ready, future, loop):
    time.sleep(0.05)
    items.put_nowait("item")  # expect: race.confined
    ready.set()  # expect: race.confined
    future.set_result(None)  # expect: race.confined
    loop.call_soon_threadsafe(lambda: None)


async def main():
    loop = asyncio.get_running_loop()
    items, ready, future = asyncio.Queue(), asyncio.Event(), loop.create_future()
    thread = threading.Thread(target=produce, args=(items, ready, future, loop))
    thread.start()

    async def wait_for_future():
        await future

    await asyncio.gather(items.get(), ready.wait(), wait_for_future())
    await loop.run_in_executor(None, thread.join)


asyncio.run(main())
