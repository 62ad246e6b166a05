"""A thread hands things to the loop of another thread as it should; what the loop's own callbacks set is its own."""
import asyncio
import threading


def produce(items, ready, future, loop):
    loop.call_soon_threadsafe(items.put_nowait, "item")
    loop.call_soon_threadsafe(ready.set)
    loop.call_soon_threadsafe(future.set_result, None)


async def main():
    loop = asyncio.get_running_loop()
    items, ready, future, late = asyncio.Queue(), asyncio.Event(), loop.create_future(), asyncio.Event()
    late.set()
    loop.call_later(0.01, late.clear)
    thread = threading.Thread(target=produce, args=(items, ready, future, loop))
    thread.start()

    async def wait_for_future():
        await future

    await asyncio.gather(items.get(), ready.wait(), wait_for_future(), late.wait())
    thread.join()


asyncio.run(main())


def other_loop(items):
    async def take():
        print(await items.get(), await items.get())

    asyncio.run(take())


async def make():
    return asyncio.Queue()


filled = asyncio.run(make())
filled.put_nowait(1)
filled.put_nowait(2)
thread = threading.Thread(target=other_loop, args=(filled,))
thread.start()
thread.join()
filled.put_nowait(3)
