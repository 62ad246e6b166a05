"""An uncontended `with lock` and nothing else; prints nanoseconds for one."""

import threading
import time

COUNT = 200_000


def main():
    lock = threading.Lock()  # interleave: ignore[THR101]
    start = time.perf_counter_ns()
    for _ in range(COUNT):
        with lock:
            pass
    return (time.perf_counter_ns() - start) / COUNT


print("figure", main())
