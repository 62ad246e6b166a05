"""Calls that give back something to call."""
import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

from bakery import choose_work, make_worker


def heat(oven):
    oven.heat()


def worker_for(oven):
    def work():
        heat(oven)

    return work


def chosen(name):
    return choose_work(name)


def simple(oven):
    return lambda: heat(oven)


@functools.lru_cache(maxsize=None)
def cached():
    pass


@make_worker
def decorated():
    pass


class Kneader:
    def __init__(self, dough):
        self.dough = dough

    def __call__(self):
        self.dough.press()


class Baker(threading.Thread):
    def __init__(self, oven):
        super().__init__()
        self.oven = oven

    def run(self):
        super().run()
        heat(self.oven)

    def run_here(self):
        self.run()


class Machine:
    def run(self):
        print("on")


def start_all(oven, dough):
    threads = [
        threading.Thread(target=worker_for(oven)),
        threading.Thread(target=chosen("bread")),
        threading.Thread(target=simple(oven)),
        threading.Thread(target=make_worker(oven)),
        threading.Thread(target=functools.partial(heat, oven)),
        threading.Thread(target=Kneader(dough)),
        threading.Thread(target=lambda: heat(oven)),
        threading.Thread(target=decorated()),
        threading.Thread(target=heat, args=(oven,)),
        Baker(oven),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    Machine().run()
    with ThreadPoolExecutor() as pool:
        done = [pool.submit(heat, oven), pool.submit(worker_for(oven)), pool.submit(print, heat(oven))]
        return [each.result() for each in done]


def main(oven):
    async def work():
        await asyncio.to_thread(heat, oven)

    asyncio.run(work())
