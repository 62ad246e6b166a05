import asyncio
import multiprocessing as mp
import queue
import threading
import time
from multiprocessing import Queue, SimpleQueue

parcels = Queue()
steps = queue.Queue()


def deliver(parcel):
    print(parcel)


def until_the_end_mark():
    for parcel in iter(parcels.get, None):
        deliver(parcel)


def by_number(jobs):
    for _ in jobs:
        deliver(parcels.get())


def with_a_time_out():
    while True:
        try:
            deliver(parcels.get(timeout=1))
        except queue.Empty:
            break


def throws_away():
    while not parcels.empty():
        try:
            parcels.get_nowait()
        except queue.Empty:
            break


def says_how_many(log):
    log.info("%d parcels", parcels.qsize())
    if parcels.qsize() > 1000:
        log.warning("too many parcels")


def slows_down(makers):
    for make in makers:
        while parcels.qsize() > 100:
            time.sleep(0.1)
        parcels.put(make())


def looks_again_and_again(maker):
    while maker.is_alive():
        while not parcels.empty():
            deliver(parcels.get())
        time.sleep(0.1)


def waits_until_all_are_taken():
    while not parcels.empty():
        time.sleep(0.1)


def reads_the_pipe():
    simple = SimpleQueue()
    simple.put("letter")
    if not simple.empty():
        deliver(simple.get())


def way_through_a_maze(start, ways):
    ahead = queue.Queue()
    ahead.put(start)
    while not ahead.empty():
        for place in ways.get(ahead.get(), ()):
            ahead.put(place)


def one_consumer():
    while not steps.empty():
        deliver(steps.get())


def starts_the_consumer():
    threading.Thread(target=one_consumer).start()


async def in_one_loop():
    tasks = asyncio.Queue()
    await tasks.put("letter")
    while not tasks.empty():
        deliver(tasks.get_nowait())


def after_the_others_ended():
    with mp.Manager() as manager:
        found = manager.Queue()
        found.put("letter")
        while not found.empty():
            deliver(found.get())
