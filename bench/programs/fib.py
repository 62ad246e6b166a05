"""Recursive Fibonacci, 21,891 calls: the worst case for function spans; prints seconds."""

import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def main():
    start = time.perf_counter()
    fib(20)
    return time.perf_counter() - start


print("figure", main())
