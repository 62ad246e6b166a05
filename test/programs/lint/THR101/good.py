import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

_stock_lock = threading.Lock()
stock = {}


def take(article):
    with _stock_lock:
        stock[article] -= 1


class Till:
    def __init__(self):
        self._lock = threading.Lock()
        self.coins = []

    def put(self, coin):
        with self._lock:
            self.coins.append(coin)


def count_words(texts):
    """The nested function runs in many threads and they share this call's lock."""
    lock = threading.Lock()
    words = {}

    def count(text):
        with lock:
            for word in text.split():
                words[word] = words.get(word, 0) + 1

    with ThreadPoolExecutor() as pool:
        list(pool.map(count, texts))
    with lock:
        return words


def paint(canvas, lock):
    with lock:
        canvas.append("line")


def paint_twice(canvas):
    lock = threading.Lock()
    helper = threading.Thread(target=paint, args=(canvas, lock))
    helper.start()
    with lock:
        canvas.append("circle")
    helper.join()


def paint_in_turn(canvas, lock=None):
    lock = lock or threading.Lock()
    with lock:
        canvas.append("square")


def paint_if_none(canvas, lock=None):
    if lock is None:
        lock = threading.RLock()
    with lock:
        canvas.append("star")


def make_guard(guards):
    guard = threading.Lock()
    with guard:
        guards.append(guard)


def make_lock_for(name, locks):
    lock = threading.Lock()
    with lock:
        locks[name] = lock
    return lock


def lock_or_nothing(is_shared):
    guard = threading.Lock() if is_shared else contextlib.nullcontext()
    with guard:
        return sorted(stock)


def shows_how_a_lock_works():
    lock = threading.Lock()
    with lock:
        assert lock.locked()


def only_looks_at_it():
    gate = threading.Semaphore(2)
    with gate:
        return repr(gate)


def wakes_the_others():
    finished = threading.Condition()
    helper = threading.Thread(target=lambda: finished)
    with finished:
        helper.start()
