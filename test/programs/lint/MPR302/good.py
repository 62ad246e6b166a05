import multiprocessing as mp
import queue
import threading


def read(path, results):
    with open(path) as file:
        results.put(file.read())


def cook(orders):
    for order in iter(orders.get, None):
        print(order)


def drain(results, texts):
    for text in iter(results.get, None):
        texts.append(text)


def takes_first(path):
    results = mp.Queue()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    text = results.get()
    reader.join()
    return text


def takes_all_first(paths):
    results = mp.Queue()
    readers = [mp.Process(target=read, args=(path, results)) for path in paths]
    for reader in readers:
        reader.start()
    texts = [results.get() for _ in readers]
    for reader in readers:
        reader.join()
    return texts


def takes_each_first(paths):
    results = mp.Queue()
    readers = []
    for path in paths:
        reader = mp.Process(target=read, args=(path, results))
        reader.start()
        readers.append(reader)
    texts = [results.get() for _ in readers]
    for reader in readers:
        reader.join()
    return texts + [results.get(timeout=0.1)]


def waits_for_a_while(path):
    results = mp.Queue()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    reader.join(2)
    return results.get(timeout=1)


def queue_of_a_manager(path):
    with mp.Manager() as manager:
        results = manager.Queue()
        reader = mp.Process(target=read, args=(path, results))
        reader.start()
        reader.join()
        return results.get()


def the_child_only_takes(orders_of_today):
    orders = mp.Queue()
    kitchen = mp.Process(target=cook, args=(orders,))
    kitchen.start()
    for order in orders_of_today:
        orders.put(order)
    orders.put(None)
    kitchen.join()
    return orders.get(timeout=0.1)


def another_queue(path):
    results = mp.Queue()
    notes = mp.Queue()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    text = results.get()
    reader.join()
    notes.put(text)
    return notes.get()


def a_thread_takes(path):
    results, texts = mp.Queue(), []
    drainer = threading.Thread(target=drain, args=(results, texts))
    drainer.start()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    reader.join()
    results.put(None)
    drainer.join()
    return texts


def threads_have_no_pipe(path):
    results = queue.Queue()
    reader = threading.Thread(target=read, args=(path, results))
    reader.start()
    reader.join()
    return results.get()


def only_joins(path, results):
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    reader.join()


def ends_it_by_force(path):
    results = mp.Queue()
    reader = mp.Process(target=read, args=(path, results))
    reader.start()
    if reader.is_alive():
        reader.terminate()
    reader.join()
    return results.get()


class Printer(mp.Process):
    def __init__(self, pages, printed):
        super().__init__()
        self.pages = pages
        self.printed = printed

    def run(self):
        for page in iter(self.pages.get, None):
            self.printed.value = page


def prints(printed):
    pages = mp.Queue()
    printer = Printer(pages, printed)
    printer.start()
    pages.put(None)
    printer.join()
    return pages.get(timeout=0.1)
