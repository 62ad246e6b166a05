import asyncio
import multiprocessing
import multiprocessing as mp
import threading
from concurrent.futures import ProcessPoolExecutor as Workers
from functools import partial
from multiprocessing import Pool, Process

double = lambda number: number * 2


def squares(numbers):
    with Pool() as pool:
        return pool.map(lambda number: number * number, numbers)  # expect: MPR305


def doubles(numbers):
    with Pool() as pool:
        return pool.map(double, numbers)  # expect: MPR305


def multiples(numbers, factor):
    def multiply(number):
        return number * factor

    with Workers() as workers:
        return list(workers.map(multiply, numbers))  # expect: MPR305


def later(numbers):
    executor = Workers()
    job = executor.submit(partial(lambda all_of_them: sum(all_of_them), numbers))  # expect: MPR305
    executor.shutdown()
    return job.result()


def starts(name):
    def greet():
        print(name)

    greeter = Process(target=greet)  # expect: MPR305
    greeter.start()
    mp.get_context("spawn").Process(target=lambda: print(name)).start()  # expect: MPR305
    return greeter


class Painter:
    def __init__(self):
        self._lock = threading.Lock()
        self._pictures = []

    def paint(self, name):
        with self._lock:
            self._pictures.append(name)

    def paint_all(self, names):
        with multiprocessing.Pool() as pool:
            pool.map(self.paint, names)  # expect: MPR305


class Studio:
    def __init__(self):
        self.pool = mp.Pool(2)

    def draw(self, name):
        return name.title()

    def draw_all(self, names):
        return self.pool.map(self.draw, names)  # expect: MPR305


def paints(names):
    painter = Painter()
    with Workers() as workers:
        return list(workers.map(painter.paint, names))  # expect: MPR305


async def triples(numbers):
    loop = asyncio.get_running_loop()
    with Workers() as workers:
        return await loop.run_in_executor(workers, lambda: [number * 3 for number in numbers])  # expect: MPR305
