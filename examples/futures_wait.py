"""Waiting for several futures at once: for the first, for all, and with a time limit.

Look at: the main thread's bars "wait" and "Future.result". Who ends them is the worker that finished a job; the last wait has
a time limit of 50 ms, which is over before its job.
"""

import concurrent.futures
import time


def fetch(name, seconds):
    time.sleep(seconds)
    return name


def main():
    with concurrent.futures.ThreadPoolExecutor(3, thread_name_prefix="fetcher") as pool:
        futures = [
            pool.submit(fetch, name, seconds) for name, seconds in (("near", 0.05), ("far", 0.15), ("slow", 0.3))
        ]
        done, others = concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_COMPLETED)
        print("first:", sorted(future.result() for future in done))
        try:
            futures[2].result(timeout=0.05)
        except concurrent.futures.TimeoutError:
            print("not yet")
        concurrent.futures.wait(others)
        print("all:", [future.result() for future in futures])


if __name__ == "__main__":
    main()
