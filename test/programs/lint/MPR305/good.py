import asyncio
import multiprocessing as mp
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import Pool, Process
from multiprocessing.pool import ThreadPool

forking = mp.get_context("fork")


def square(number):
    return number * number


def power(exponent, number):
    return number**exponent


def plain(numbers):
    with Pool() as pool:
        pool.map(square, numbers)
        pool.map(partial(power, 3), numbers)
        pool.map(len, ["one", "two"])
        pool.map(str.upper, ["one", "two"])


def in_the_parent(numbers):
    with Pool() as pool:
        job = pool.map_async(square, numbers, callback=lambda found: print(found))
        job.wait()
    with ProcessPoolExecutor() as executor:
        job = executor.submit(square, 3)
        job.add_done_callback(lambda done: print(done.result()))
        return sorted([job.result()], key=lambda number: -number)


def in_threads(numbers):
    def show(number):
        print(number)

    with ThreadPoolExecutor() as executor:
        list(executor.map(lambda number: number * 2, numbers))
    with ThreadPool() as pool:
        pool.map(show, numbers)
    threading.Thread(target=lambda: print(numbers)).start()


def forks(numbers):
    def show():
        print(numbers)

    forking.Process(target=show).start()
    forking.Process(target=lambda: print(numbers)).start()


def has_a_name():
    global add_one

    def add_one(number):
        return number + 1

    with Pool() as pool:
        return pool.map(add_one, [1, 2])


class Painter:
    """Leaves its lock behind."""

    def __init__(self):
        self._lock = threading.Lock()
        self._names = []

    def __getstate__(self):
        return {"_names": self._names}

    def __setstate__(self, state):
        self.__init__()
        self._names = state["_names"]

    def paint(self, name):
        with self._lock:
            return name.title()

    def paint_all(self, names):
        with Pool() as pool:
            return pool.map(self.paint, names)


class Studio:
    def __init__(self):
        self._turn = mp.Lock()
        self._pool = mp.Pool(2)

    @staticmethod
    def draw(name):
        return name.title()

    def draw_all(self, names):
        return self._pool.map(self.draw, names)


class Printer:
    """The process inherits the lock."""

    def __init__(self, name):
        self._turn = mp.Lock()
        self._name = name

    def show(self):
        with self._turn:
            print(self._name)

    def start(self):
        Process(target=self.show).start()


async def in_a_thread_of_the_loop(numbers):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: sorted(numbers))
    with ThreadPoolExecutor() as threads:
        return await loop.run_in_executor(threads, lambda: sum(numbers))
