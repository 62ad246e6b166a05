"""CPU-bound work: four threads that only compute.

Each thread counts the prime numbers in a range of its own. Nobody waits
for anybody, and yet threads do not help here.

Look at: the lanes "counter-0" to "counter-3". Full stretches and thin
ones take turns: full is running, a thin double line wants the GIL,
without which no Python code runs (a thin single line wants a core,
which others have). Together they use about one core. On a Python
without GIL (3.13t, 3.14t) all four are full, as far as there are cores.

Found: nothing.

Try next: click "compare" above `count_primes` and give `range(4)` as
inputs: processes use all cores, as do subinterpreters from Python 3.12
on; threads take as long as one after the other.

Takes 3 minutes.
"""

import threading


def count_primes(part):
    """How many primes there are among 60,000 numbers."""
    found = 0
    for number in range(2 + part * 60_000, 2 + (part + 1) * 60_000):
        divisor = 2
        while divisor * divisor <= number and number % divisor != 0:
            divisor += 1
        found += divisor * divisor > number
    return found


def main():
    counters = [threading.Thread(target=count_primes, args=(n,), name="counter-%d" % n) for n in range(4)]
    for thread in counters:
        thread.start()
    for thread in counters:
        thread.join()
    print("counted")


if __name__ == "__main__":
    main()
