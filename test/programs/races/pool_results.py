"""Objects that go to a pool and come back as results: correct."""
from concurrent.futures import ThreadPoolExecutor


class Total:
    def __init__(self):
        self.value = 0


def add(total, count):
    for number in range(count):
        total.value += abs(number)
    return total


with ThreadPoolExecutor(3) as pool:
    futures = [pool.submit(add, Total(), 10) for _ in range(6)]
    value = 0
    for future in futures:
        total = future.result()
        total.value += 1
        value += total.value
print(value)
