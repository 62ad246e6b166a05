"""A loop that keeps on running while threads do what would block it, and a thread that wakes up a task.

Look at: the jobs in the lanes of the worker threads, and the tasks that wait for them (`asyncio.to_thread`,
`asyncio.run_in_executor`); "ticker" runs on meanwhile. At the end the thread "sensor" ends a wait of the first task by
`call_soon_threadsafe`.
"""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def read_file(name):
    """Stands for a call that blocks its thread."""
    time.sleep(0.05)
    return name.upper()


async def ticker():
    while True:
        await asyncio.sleep(0.01)


async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(ticker(), name="ticker")

    with ThreadPoolExecutor(2, thread_name_prefix="disk") as disk:
        print(await asyncio.gather(*(loop.run_in_executor(disk, read_file, name) for name in ("a", "b", "c"))))
    if hasattr(asyncio, "to_thread"):
        print(await asyncio.to_thread(read_file, "d"))

    measured = loop.create_future()

    def sensor():
        time.sleep(0.02)
        loop.call_soon_threadsafe(measured.set_result, 21.5)

    threading.Thread(target=sensor, name="sensor").start()
    print(await measured)

    try:
        await asyncio.wait_for(asyncio.sleep(60), timeout=0.03)
    except asyncio.TimeoutError:
        print("too slow")
    ticking.cancel()


if __name__ == "__main__":
    asyncio.run(main())
