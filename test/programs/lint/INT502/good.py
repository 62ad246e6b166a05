import threading
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor

from orchard import harvest

picker = interpreters.create()


def pick(apples):
    apples.append("apple")
    return apples


def weigh(apples):
    weights = [len(apple) for apple in apples]
    weights.append(0)
    return weights


def replace(apples):
    apples = ["another"]
    apples.append("list")
    return apples


def send(letters):
    letters.put("apple")


def takes_the_result():
    apples = []
    apples = picker.call(pick, apples)
    return apples


def only_reads_there():
    apples = ["red", "green"]
    weights = picker.call(weigh, apples)
    return apples, weights


def changes_another_list():
    apples = ["red"]
    others = picker.call(replace, apples)
    return apples, others


def nobody_reads_it():
    apples = ["red"]
    return picker.call(pick, apples)


def bound_anew():
    apples = []
    more = picker.call(pick, apples)
    apples = ["red"]
    return apples, more


def goes_elsewhere(apples):
    more = picker.call(harvest, apples)
    return apples, more


def through_a_queue():
    letters = interpreters.create_queue()
    picker.call(send, letters)
    return letters.get()


def in_threads():
    apples = []
    with ThreadPoolExecutor() as pool:
        pool.submit(pick, apples).result()
    helper = threading.Thread(target=pick, args=(apples,))
    helper.start()
    helper.join()
    return apples


def in_a_pool(fields):
    with InterpreterPoolExecutor() as pool:
        return [apple for apples in pool.map(weigh, fields) for apple in apples]


class Orchard:
    def __init__(self):
        self.apples = []

    def takes_the_result(self):
        self.apples = picker.call(pick, self.apples)
        return self.apples

    def another_is_read(self, other):
        picker.call(pick, self.apples)
        return other.apples

    def bound_anew(self):
        picker.call(pick, self.apples)
        self.apples = ["red"]
        return self.apples
