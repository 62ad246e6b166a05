"""A survey whose answers are counted by many threads at once."""
import threading
from concurrent.futures import ThreadPoolExecutor as Pool
from threading import Thread as Worker

answers = 0
by_town = {"Ghent": 0, "Turin": 0}
weight = 1.0


def count_answers(sheets):
    global answers
    for sheet in sheets:
        answers += sheet.count()  # expect: THR115


def count_towns(sheets):
    for sheet in sheets:
        by_town[sheet.town] += 1  # expect: THR115


def read_all(parts):
    threads = [threading.Thread(target=count_answers, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Pool(4) as pool:
        list(pool.map(count_towns, parts))


def rescale(factor):
    adjust(factor)


def adjust(factor):
    global weight
    weight = weight * factor  # expect: THR115


def start_two():
    first = Worker(target=rescale, args=(2,))
    second = Worker(target=rescale, args=(3,))
    first.start()
    second.start()
    first.join()
    second.join()


class Survey:
    finished = 0

    def __init__(self, sheets):
        self.sheets = sheets
        self.points = 0

    def run(self):
        threads = []
        for sheet in self.sheets:
            thread = threading.Thread(target=self.rate, args=(sheet,))
            thread.start()
            threads.append(thread)
        for thread in threads:
            thread.join()

    def rate(self, sheet):
        self.points += sheet.rate()  # expect: THR115
        Survey.finished += 1  # expect: THR115


class Reader(Worker):
    pages = 0

    def __init__(self, book):
        super().__init__()
        self.book = book
        self.lines = 0

    def run(self):
        for page in self.book:
            self.lines += page.lines()
            Reader.pages += page.weight()  # expect: THR115


def read_books(books):
    readers = [Reader(book) for book in books]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return Reader.pages


def tally(sheets):
    total = 0

    def add(sheet):
        nonlocal total
        total = total + sheet.count()  # expect: THR115

    with Pool() as pool:
        list(pool.map(add, sheets))
    return total


pages = 0


def only_writer(source):
    global pages
    for _ in source:
        pages += 1  # expect: THR115


def start_one(source):
    thread = threading.Thread(target=only_writer, args=(source,), daemon=True)
    thread.start()
    return thread
