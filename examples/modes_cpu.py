"""Work for the processor alone: compare it as threads, processes and interpreters.

Run `count_primes` in each mode over `range(20_000, 28_000, 1_000)`: threads take turns under the GIL, processes and
interpreters run on all cores, and on a free-threaded Python so do threads.
"""


def count_primes(limit):
    """How many primes there are below `limit`."""
    found = 0
    for number in range(2, limit):
        if is_prime(number):
            found += 1
    return found


def is_prime(number):
    divisor = 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            return False
        divisor += 1
    return True


if __name__ == "__main__":
    for limit in range(20_000, 28_000, 1_000):
        print(limit, count_primes(limit))
