"""Four threads that take a lock each, about 100,000 events a second together, for as many seconds as asked for.

Locks, since calls of a function that is called so often are soon no longer recorded.
"""

import sys
import threading
import time

PER_SLICE = 125
SLICE = 0.01


def work(until: float) -> None:
    lock = threading.Lock()
    begun = time.perf_counter()
    while begun < until:
        for _ in range(PER_SLICE):
            with lock:
                pass
        # Later slices make up for those that the machine was late with.
        begun += SLICE
        time.sleep(max(0.0, begun - time.perf_counter()))


if __name__ == "__main__":
    end = time.perf_counter() + float(sys.argv[1])
    threads = [threading.Thread(target=work, args=(end,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
