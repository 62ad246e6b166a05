"""Counting that does not go wrong."""
import collections
import itertools
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

seen = 0
seen_lock = threading.Lock()
numbers = itertools.count()
events = collections.deque()
state = threading.local()
retries = 0


def with_lock(items):
    global seen
    for item in items:
        size = item.size()
        with seen_lock:
            seen += size


def with_own_values(items):
    total = 0
    for item in items:
        total += item.size()
        events.append((next(numbers), total))
    state.total = 0
    state.total += total
    return total


def on_parameter(account, amount):
    account.total += amount


def run_all(parts, accounts):
    threads = [threading.Thread(target=with_lock, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with ThreadPoolExecutor() as pool:
        done = [pool.submit(on_parameter, account, 1) for account in accounts]
        total = sum(pool.map(with_own_values, parts))
        for each in done:
            each.result()
    return total


def without_threads():
    global retries
    retries += 1


class Copier(threading.Thread):
    def __init__(self, source):
        super().__init__()
        self.source = source
        self.copied = 0

    def run(self):
        for block in self.source:
            self.copied += len(block)


class Meter:
    def __init__(self):
        self._lock = threading.Lock()
        self._sum = 0
        self._inbox = queue.Queue()
        self.handled = 0

    def run(self, values):
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.add, values))

    def add(self, value):
        with self._lock:
            self._add(value)

    def _add(self, value):
        self._sum += value

    def serve(self):
        thread = threading.Thread(target=self._loop, daemon=True)
        thread.start()
        return thread

    def _loop(self):
        while self._inbox.get() is not None:
            self.handled += 1


def joined_first(job):
    result = 0

    def work():
        nonlocal result
        result += job()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    result += 1
    return result
