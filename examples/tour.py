"""A bakery at work for a few seconds: threads, a queue, a lock, an event loop and a pool of processes in one picture.

Look at: the bakers share one oven (`Bakery.oven`), so at most one of them bakes while the others wait for it, hatched. The
counter is an event loop with a task for each customer. The books are added up in processes, and only these use more
than one core at a time. Start here, then open the examples that show one thing each.
"""

import asyncio
import math
import queue
import threading
import time
from concurrent.futures import ProcessPoolExecutor

LOAVES = 9


class Bakery:
    """One oven for all bakers, and a shelf between bakers and counter."""

    def __init__(self):
        self.orders = queue.Queue()
        self.oven = threading.Lock()
        self.shelf = threading.Semaphore(0)
        self.baked = 0


def knead(size):
    """Work for the processor."""
    return sum(math.sqrt(n) for n in range(size * 200_000))


def bake(bakery, seconds):
    """Waiting for heat, with the oven to oneself."""
    with bakery.oven:
        time.sleep(seconds)
        bakery.baked += 1
    bakery.shelf.release()


def baker(bakery):
    while True:
        size = bakery.orders.get()
        if size is None:
            return
        knead(size)
        bake(bakery, 0.12 + size * 0.04)


async def customer(bakery, number):
    """Looks around, takes a loaf when there is one, and goes."""
    await asyncio.sleep(0.08 * number)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, bakery.shelf.acquire)
    return number


async def counter(bakery):
    customers = [asyncio.ensure_future(customer(bakery, number)) for number in range(LOAVES)]
    return await asyncio.gather(*customers)


def add_up(day):
    """The books of one day: nothing but work."""
    return sum(n % (day + 2) for n in range(2_000_000))


def main():
    bakery = Bakery()
    bakers = [threading.Thread(target=baker, args=(bakery,), name=name) for name in ("Ada", "Grace", "Linus")]
    for thread in bakers:
        thread.start()
    for loaf in range(LOAVES):
        bakery.orders.put(1 + loaf % 3)
    served = asyncio.run(counter(bakery))
    for _ in bakers:
        bakery.orders.put(None)
    for thread in bakers:
        thread.join()
    with ProcessPoolExecutor(max_workers=2) as pool:
        totals = list(pool.map(add_up, range(6)))
    print(bakery.baked, "loaves,", len(served), "customers, books:", sum(totals))


if __name__ == "__main__":
    main()
