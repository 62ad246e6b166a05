"""Prime numbers counted by two processes: real work at the same time, on two cores.

Look at: the lanes of the two worker processes, each with a bar for every job that it ran; the main process submits them
and waits in `Future.result`. Compare with thread_pool.py: threads that compute take turns, processes do not.
"""

from concurrent.futures import ProcessPoolExecutor


def count_primes(first, last):
    """How many numbers from `first` up to `last` are prime."""
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(first, last))


def check(limit):
    if limit < 2:
        raise ValueError("there is no prime number below 2")


def main():
    step = 6000
    with ProcessPoolExecutor(max_workers=2) as pool:
        parts = [pool.submit(count_primes, first, first + step) for first in range(2, 5 * step, step)]
        print("primes:", sum(part.result() for part in parts))

        # What a worker raises comes back with the text of its traceback.
        failed = pool.submit(check, 1).exception()
        print("failed:", failed)


if __name__ == "__main__":
    main()
