"""Hundreds of jobs of some microseconds go to a pool of processes, one by one.

Advice: chatty-processes
"""

import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(square, range(1500), chunksize=1)
