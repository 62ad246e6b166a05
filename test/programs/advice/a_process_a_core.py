"""As many processes compute as there are cores.

Advice: none
"""

import multiprocessing
import os


def work():
    total = 0
    for number in range(1_500_000):
        total += number * number % 7


if __name__ == "__main__":
    cores = len(os.sched_getaffinity(0))
    workers = [multiprocessing.get_context("fork").Process(target=work) for _ in range(cores)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
