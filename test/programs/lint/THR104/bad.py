import asyncio
import threading
from threading import Lock as Mutex

rows_lock = threading.Lock()
rows = {}


def add_row(key, row):
    with rows_lock:
        rows[key] = row


def add_rows(new):
    with rows_lock:
        for key, row in new.items():
            add_row(key, row)  # expect: THR104


def add_directly(key, row):
    with rows_lock:
        rows.pop(key, None)
        with rows_lock:  # expect: THR104
            rows[key] = row


class Shelf:
    _all_lock = Mutex()
    _all = []

    def __init__(self):
        self._lock = threading.Lock()
        self._filled = threading.Condition(self._lock)
        self._ladder = threading.Semaphore(1)
        self._books = {}

    def __getitem__(self, name):
        with self._lock:
            return self._books[name]

    def __len__(self):
        with self._lock:
            return len(self._books)

    @property
    def names(self):
        with self._lock:
            return sorted(self._books)

    def find(self, name, default):
        with self._lock:
            try:
                return self[name]  # expect: THR104
            except KeyError:
                self._books[name] = default
                return default

    def describe(self):
        self._lock.acquire()
        try:
            return f"{len(self)} books"  # expect: THR104
        finally:
            self._lock.release()

    def print_names(self, write):
        with self._lock:
            write(self.names)  # expect: THR104

    def put(self, name, book):
        with self._lock:
            self._books[name] = book
            with self._filled:  # expect: THR104
                self._filled.notify()

    def reach(self, name):
        with self._ladder:
            return self._step(name)  # expect: THR104

    def _step(self, name):
        return self._climb(name)

    def _climb(self, name):
        with self._ladder:
            return name

    @classmethod
    def register(cls, shelf):
        with cls._all_lock:
            cls._all.append(shelf)

    @classmethod
    def register_all(cls, shelves):
        with cls._all_lock:
            for shelf in shelves:
                cls.register(shelf)  # expect: THR104


class TallShelf(Shelf):
    def best(self):
        with self._lock:
            return self.find("best", None)  # expect: THR104


class Fetcher:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def fetch(self, page):
        async with self._lock:
            return await page.load()

    async def fetch_all(self, pages):
        async with self._lock:
            return [await self.fetch(page) for page in pages]  # expect: THR104


class Kettle:
    def __init__(self):
        self._lock = threading.Lock()
        self._warmth = 20

    @property
    def warmth(self):
        with self._lock:
            return self._warmth

    def heat(self):
        with self._lock:
            self._warmth = self.warmth + 5  # expect: THR104
