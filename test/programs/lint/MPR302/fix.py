from multiprocessing import Process, Queue


def count(book, words):
    words.put(book.split())


def words_of(book):
    words = Queue()
    counter = Process(target=count, args=(book, words))
    counter.start()
    counter.join()  # expect: MPR302
    found = words.get()
    return sorted(found)


def words_of_all(books):
    words = Queue()
    counters = [Process(target=count, args=(book, words)) for book in books]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()  # expect: MPR302
    found = [words.get() for _ in counters]
    return found
