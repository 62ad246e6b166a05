import threading
from collections import deque
from threading import RLock as Reentrant


class Recent:
    """The pages that were read last."""

    def __init__(self):
        self._lock = threading.Lock()
        self._pages = deque()
        self._titles = {}
        self._limit = 9

    def add(self, page):
        with self._lock:
            if len(self._pages) >= self._limit:
                self._pages.popleft()
            self._pages.append(page)
            self._titles[page] = page.title

    def forget(self, page):
        self._pages.remove(page)  # expect: THR112

    def forget_all(self):
        self._pages = deque()  # expect: THR112

    def rename(self, page, title):
        self._titles[page] = title  # expect: THR112

    def titles(self):
        with self._lock:
            return [self._titles[page] for page in self._pages]

    def untitled(self, page):
        del self._titles[page]  # expect: THR112

    def limit_to(self, limit):
        with self._lock:
            self._limit = limit


class Favourites(Recent):
    def pin(self, page):
        self._pages.appendleft(page)  # expect: THR112


class Meter:
    _total_lock = Reentrant()
    _totals = []

    def __init__(self):
        self.changed = threading.Condition()
        self.values = []

    def measure(self, value):
        with self.changed:
            self.values.append(value)
            self.changed.notify_all()

    def take(self):
        self.changed.acquire()
        try:
            return self.values.pop()
        finally:
            self.changed.release()

    def reset(self):
        self._empty()

    def take_all(self):
        with self.changed:
            values = list(self.values)
            self._empty()
            return values

    def _empty(self):
        self.values.clear()  # expect: THR112

    @classmethod
    def add_total(cls, total):
        with cls._total_lock:
            cls._totals.append(total)
            cls._totals.sort()

    @classmethod
    def total(cls):
        with cls._total_lock:
            return sum(cls._totals)

    @classmethod
    def drop_totals(cls):
        cls._totals.clear()  # expect: THR112


class Fetcher:
    def __init__(self):
        self._lock = threading.Lock()
        self._pages = {}
        self._dropped = 0

    def fetch(self, address, load):
        with self._lock:
            known = self._pages.get(address)
        if known is None:
            known = load(address)
            self._pages.update({address: known})  # expect: THR112
        return known

    def drop(self, address):
        with self._lock:
            self._pages.pop(address, None)
            self._dropped += 1


class Harbour:
    def __init__(self):
        self._lock = threading.Lock()
        self._ships = {}
        self._queue = []

    def enter(self, ship):
        with self._lock:
            self._ships[ship.name] = ship
            self._queue.append(ship)

    def leave(self, name):
        with self._lock:
            ship = self._ships.pop(name)
            self._queue.remove(ship)

    def names(self):
        return [name for name in self._ships]  # expect: THR112

    def greet(self):
        for ship in self._ships.values():  # expect: THR112
            ship.greet()
        for ship in self._queue:  # expect: THR112
            ship.hoot()


class Account:
    def __init__(self, balance):
        self._lock = threading.Lock()
        self._balance = balance

    def deposit(self, amount):
        with self._lock:
            self._balance += amount

    def withdraw(self, amount):
        self._balance -= amount  # expect: THR112


class Guests:
    """What is removed can be gone already."""

    def __init__(self):
        self._lock = threading.Lock()
        self._names = []

    def add(self, name):
        with self._lock:
            self._names.append(name)

    def forget(self, name):
        self._names.remove(name)  # expect: THR112


class ForgetfulWorkers:
    """Nobody asks whether it is closed."""

    def __init__(self):
        self._lock = threading.Lock()
        self._threads = set()
        self._closed = False

    def submit(self, work):
        with self._lock:
            thread = threading.Thread(target=work)
            thread.start()
            self._threads.add(thread)

    def close(self):
        with self._lock:
            self._closed = True
        for thread in self._threads:  # expect: THR112
            thread.join()
