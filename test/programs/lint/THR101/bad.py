import asyncio
import multiprocessing
import threading
import threading as th
from threading import Lock, RLock as Reentrant

orders = []
totals = {}


def add_order(order):
    with threading.Lock():  # expect: THR101
        orders.append(order)


def remove_order(order):
    lock = Lock()  # expect: THR101
    with lock:
        orders.remove(order)


def swap_orders(first, second):
    with Reentrant():  # expect: THR101
        orders[first], orders[second] = orders[second], orders[first]


class Ledger:
    def __init__(self):
        self.entries = []

    def book(self, entry):
        guard = th.Condition()  # expect: THR101
        with guard:
            self.entries.append(entry)
        with guard:
            self.entries.sort()

    def book_all(self, entries):
        with th.BoundedSemaphore(1) as _, open("ledger.txt") as old:  # expect: THR101
            self.entries = [*old, *entries]

    def later(self):
        def close():
            with threading.Semaphore():  # expect: THR101
                self.entries.clear()

        return close


def save(path):
    with multiprocessing.Lock():  # expect: THR101
        with open(path, "w") as file:
            file.write(repr(orders))


async def refresh(fetch):
    async with asyncio.Lock():  # expect: THR101
        totals.update(await fetch())
