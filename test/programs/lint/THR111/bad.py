import multiprocessing
import threading
from threading import Barrier, Condition as Changed

registry_lock = threading.Lock()
registry = {}
orders = []
orders_changed = threading.Condition()
shared_lock = multiprocessing.Lock()
shared_ready = multiprocessing.Event()
meeting = Barrier(2)


def register(name, order):
    with registry_lock:
        registry[name] = order


def next_order():
    with registry_lock:
        with orders_changed:
            while not orders:
                orders_changed.wait()  # expect: THR111
            return orders.pop()


def next_two_orders():
    with registry_lock, orders_changed:
        orders_changed.wait_for(lambda: len(orders) > 1)  # expect: THR111
        return orders.pop(), orders.pop()


def order(name):
    with orders_changed:
        orders.append(name)
        orders_changed.notify()


class Printer:
    def __init__(self):
        self._lock = threading.RLock()
        self._is_warm = threading.Event()
        self._queue_lock = threading.Lock()
        self._queue_changed = Changed(self._queue_lock)
        self._papers = []

    def warm_up(self):
        with self._lock:
            self._papers.append("test page")
            self._is_warm.set()

    def print_next(self):
        self._lock.acquire()
        try:
            self._is_warm.wait()  # expect: THR111
            return self._papers.pop()
        finally:
            self._lock.release()

    def wait_for_work(self, jobs):
        with self._lock:
            with self._queue_lock:
                while not jobs:
                    self._queue_changed.wait()  # expect: THR111

    def wait_in_helper(self, jobs):
        with self._lock:
            self._wait(jobs)

    def _wait(self, jobs):
        with self._queue_changed:
            while not jobs:
                self._queue_changed.wait()  # expect: THR111


def meet(name):
    with registry_lock:
        registry[name] = "there"
        meeting.wait()  # expect: THR111


def take_part(name):
    with registry_lock:
        registry[name] = "comes"
    meeting.wait()


def wait_for_shared():
    with shared_lock:
        shared_ready.wait()  # expect: THR111


def prepare_shared():
    with shared_lock:
        shared_ready.set()


class Oven:
    """Each lock is taken at one place only."""

    _door_lock = threading.Lock()
    _clock_lock = threading.Lock()
    is_hot = threading.Event()
    _bell = threading.Condition()

    def bake(self):
        with self._door_lock:
            self.is_hot.wait()  # expect: THR111

    def ring(self, rings):
        with self._clock_lock:
            with self._bell:
                while not rings:
                    self._bell.wait()  # expect: THR111
