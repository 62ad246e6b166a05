"""A new interpreter is started for each of some tiny calls.

Advice: tiny-process-work
"""

import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=square, args=(number,)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
