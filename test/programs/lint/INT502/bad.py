from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor
from concurrent.interpreters import create

from orchard import harvest


class Basket:
    def __init__(self):
        self.weight = 0


def pick(apples):
    apples.append("apple")


def count(numbers, name):
    numbers[name] = numbers.get(name, 0) + 1


def load(basket):
    basket.weight += 3


def join_lists(apples):
    apples += ["pear"]


def picks():
    picker = interpreters.create()
    apples = []
    picker.call(pick, apples)  # expect: INT502
    print(apples)


def counts(names):
    picker = create()
    numbers = {}
    for name in names:
        picker.call(count, numbers, name)  # expect: INT502
    return numbers


def loads():
    picker = create()
    basket = Basket()
    loading = picker.call_in_thread(load, basket)  # expect: INT502
    loading.join()
    return basket.weight


def joins():
    picker = create()
    apples = ["red", "green"]
    picker.call(join_lists, apples)  # expect: INT502
    return len(apples)


def from_elsewhere():
    picker = create()
    apples = list()
    picker.call(harvest, apples)  # expect: INT502
    return sorted(apples)


def in_a_pool():
    seen = []
    with InterpreterPoolExecutor() as pickers:
        job = pickers.submit(pick, seen)  # expect: INT502
        job.result()
    return seen


class Orchard:
    def __init__(self):
        self.apples = []
        self.picker = interpreters.create()

    def pick_all(self):
        self.picker.call(pick, self.apples)  # expect: INT502
        return len(self.apples)


peaches = []
helper = interpreters.create()
helper.call(pick, peaches)  # expect: INT502
print(peaches)
