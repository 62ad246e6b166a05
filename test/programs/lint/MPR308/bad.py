import multiprocessing as mp
import queue
import threading
from multiprocessing import JoinableQueue, Process, Queue

parcels = Queue()


def deliver(parcel):
    print(parcel)


def deliver_all():
    while not parcels.empty():  # expect: MPR308
        deliver(parcels.get())


def deliver_one(van):
    if van.qsize() > 0:  # expect: MPR308
        deliver(van.get())


def deliver_load(van):
    for _ in range(van.qsize()):  # expect: MPR308
        deliver(van.get_nowait())
        van.task_done()


def deliver_until_empty(van):
    while True:
        if van.empty():  # expect: MPR308
            break
        deliver(van.get())


def deliver_or_nothing(van):
    return None if van.empty() else van.get()  # expect: MPR308


class Depot:
    def __init__(self):
        self.returned = mp.get_context("spawn").Queue()

    def unload(self):
        while self.returned.qsize():  # expect: MPR308
            deliver(self.returned.get())


def main():
    van = JoinableQueue()
    Process(target=deliver_one, args=(van,)).start()
    Process(target=deliver_load, args=(van,)).start()
    Process(target=deliver_until_empty, args=(van,)).start()
    Process(target=deliver_or_nothing, args=(van,)).start()


letters = queue.Queue()


def deliver_letters():
    while not letters.empty():  # expect: MPR308
        deliver(letters.get())


def two_carriers():
    for _ in range(2):
        threading.Thread(target=deliver_letters).start()


if __name__ == "__main__":
    main()
