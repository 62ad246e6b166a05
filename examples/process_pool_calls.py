"""A multiprocessing pool in its other ways: one call, calls with several arguments, a result that is waited for.

Look at: "Pool.apply" and "Pool.starmap" on the main thread, and the jobs that ran for them in the workers' lanes.
"""

import multiprocessing
import time


def area(width, height):
    time.sleep(0.03)
    return width * height


def main():
    pool = multiprocessing.Pool(2)
    print(pool.apply(area, (3, 4)))
    print(pool.starmap(area, [(1, 2), (3, 4), (5, 6)], chunksize=1))
    later = pool.apply_async(area, (7, 8))
    later.wait()
    print(later.get())
    pool.close()
    pool.join()


if __name__ == "__main__":
    main()
