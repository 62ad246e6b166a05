"""A pool of three processes works through a list, and through single calls.

Look at: the jobs in the workers' lanes, each with the arrow from where it was submitted; between jobs a worker is idle.
The main process waits in `map`, then in `AsyncResult.get` for the slowest call.
"""

import multiprocessing


def collatz_length(start):
    """How many steps the Collatz sequence takes from `start` to 1."""
    steps = 0
    while start != 1:
        start = start // 2 if start % 2 == 0 else 3 * start + 1
        steps += 1
    return steps


def longest(first, last):
    return max((collatz_length(n), n) for n in range(first, last))


def main():
    with multiprocessing.Pool(processes=3) as pool:
        lengths = pool.map(collatz_length, range(1, 3_000), chunksize=500)
        print("all of them took", sum(lengths), "steps")
        calls = [pool.apply_async(longest, (n * 2_000 + 1, n * 2_000 + 2_001)) for n in range(4)]
        print("longest", max(call.get(timeout=30) for call in calls))
        for length in pool.imap(collatz_length, (27, 97, 871), chunksize=1):
            print("imap", length)


if __name__ == "__main__":
    main()
