"""A bakery where everything is done at once."""
import asyncio
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Thread as Helper
from threading import Timer


def heat():
    print("hot")


def knead(dough, minutes=5):
    for _ in range(minutes):
        dough.press()
    return True


def deliver(orders):
    for order in orders:
        yield order.send()


async def decorate(cake):
    await cake.cool()


class Bakery(threading.Thread):
    def run(self):
        heat()

    def clean(self):
        print("clean")

    def close(self):
        Helper(target=self.clean()).start()  # expect: THR120


def morning(dough, orders, cake):
    threading.Thread(target=heat()).start()  # expect: THR120
    later = Timer(60, heat())  # expect: THR120
    later.start()
    oven = multiprocessing.Process(target=knead(dough), daemon=True)  # expect: THR120
    oven.start()
    helper = Helper(name="car", target=deliver(orders))  # expect: THR120
    helper.start()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(knead(dough, 3))  # expect: THR120
        second = pool.submit(decorate(cake))  # expect: THR120
        return first.result(), second.result()


def noon():
    bakery = Bakery()
    bakery.run()  # expect: THR120
    cleaner = threading.Thread(target=heat)
    cleaner.run()  # expect: THR120


async def evening(dough):
    await asyncio.to_thread(heat())  # expect: THR120
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, knead(dough))  # expect: THR120


def weigh(flour, water):
    return flour + water


def recipe():
    steps = ["weigh", "knead"]
    return steps


def prepare():
    Timer(5, weigh(500, 300)).start()  # expect: THR120
    Helper(target=recipe()).start()  # expect: THR120
