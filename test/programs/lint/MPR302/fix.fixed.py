from multiprocessing import Process, Queue


def count(book, words):
    words.put(book.split())


def words_of(book):
    words = Queue()
    counter = Process(target=count, args=(book, words))
    counter.start()
    found = words.get()
    counter.join()  # expect: MPR302
    return sorted(found)


def words_of_all(books):
    words = Queue()
    counters = [Process(target=count, args=(book, words)) for book in books]
    for counter in counters:
        counter.start()
    found = [words.get() for _ in counters]
    for counter in counters:
        counter.join()  # expect: MPR302
    return found
