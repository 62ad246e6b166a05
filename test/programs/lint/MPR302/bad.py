import multiprocessing
import multiprocessing as mp
import sys
from multiprocessing import JoinableQueue, Process, SimpleQueue

answers = mp.Queue()


def read(path, results):
    with open(path) as file:
        results.put(file.read())


def answer(question):
    answers.put(question.upper())


def read_one(path):
    results = mp.Queue()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    print("reading")
    reader.join()  # expect: MPR302
    return results.get()


def read_all(paths):
    results = multiprocessing.Queue()
    readers = [Process(target=read, args=(path, results)) for path in paths]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()  # expect: MPR302
    return [results.get() for _ in readers]


def read_each(paths):
    results = mp.Queue()
    readers = []
    for path in paths:
        reader = Process(target=read, args=(path, results))
        reader.start()
        readers.append(reader)
    for reader in readers:
        reader.join()  # expect: MPR302
    return [results.get() for _ in paths]


def read_if_there(path):
    results = JoinableQueue()
    reader = Process(target=read, kwargs={"path": path, "results": results})
    reader.start()
    reader.join(timeout=None)  # expect: MPR302
    texts = []
    while not results.empty():  # expect: MPR308
        texts.append(results.get())
    return texts


def ask(question):
    asker = mp.Process(target=answer, args=(question,))
    asker.start()
    asker.join()  # expect: MPR302
    return answers.get(timeout=5)


def read_until_none(path):
    results = mp.get_context("spawn").Queue()
    reader = Process(target=read, args=(path, results))
    reader.start()
    reader.join(3 if len(sys.argv) > 1 else None)  # expect: MPR302
    return list(iter(results.get, None))


def read_simply(path):
    results = SimpleQueue()
    reader = Process(target=read, args=(path, results))
    reader.start()
    reader.join()  # expect: MPR302
    return results.get()


class Library:
    def __init__(self):
        self.found = mp.Queue()

    def search(self, word):
        self.found.put(word * 1000)

    def find(self, word):
        searcher = mp.Process(target=self.search, args=(word,))
        searcher.start()
        searcher.join()  # expect: MPR302
        return self.found.get()


class Printer(Process):
    def __init__(self, printed):
        super().__init__()
        self.printed = printed

    def run(self):
        self.printed.put("page" * 1000)


def print_all():
    printed = mp.Queue()
    printers = [Printer(printed) for _ in range(3)]
    for printer in printers:
        printer.start()
    for printer in printers:
        printer.join()  # expect: MPR302
    return [printed.get() for _ in printers]
