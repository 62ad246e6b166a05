"""A pool of two processes sums squares in 200 calls; prints seconds, the pool's start and end included."""

import multiprocessing
import time


def squares(start):
    return sum(i * i for i in range(start, start + 20_000))


def main():
    start = time.perf_counter()
    with multiprocessing.Pool(2) as pool:
        pool.map(squares, range(200), chunksize=4)
    return time.perf_counter() - start


if __name__ == "__main__":
    print("figure", main())
