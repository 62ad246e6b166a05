"""A new interpreter is started for each of some long calls.

Advice: none
"""

import multiprocessing
import time


def render(number):
    time.sleep(0.8)


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=render, args=(number,)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
