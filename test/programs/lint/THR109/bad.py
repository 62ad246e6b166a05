import asyncio
import multiprocessing
import threading
from threading import Condition as Changed

parcels = []
parcels_changed = threading.Condition()


def take_parcel():
    with parcels_changed:
        if not parcels:
            parcels_changed.wait()  # expect: THR109
        return parcels.pop()


def deliver(door):
    while door.is_open:
        with parcels_changed:
            if not parcels:
                parcels_changed.wait()  # expect: THR109
            door.give(parcels.pop())


class Kitchen:
    def __init__(self):
        self._lock = threading.Lock()
        self._cooked = Changed(self._lock)
        self._dishes = []

    def wait_for_dish(self):
        with self._cooked:
            self._cooked.wait()  # expect: THR109
            return self._dishes[-1]

    def dish_or_none(self, patience):
        with self._lock:
            if not self._dishes:
                self._cooked.wait(patience)  # expect: THR109
            return self._dishes.pop()

    def eat_all(self, guests):
        for guest in guests:
            self._cooked.acquire()
            try:
                if not self._dishes:
                    self._cooked.wait()  # expect: THR109
                guest.eat(self._dishes.pop())
            finally:
                self._cooked.release()


class Canteen(Kitchen):
    def open(self):
        with self._cooked:
            self._cooked.wait()  # expect: THR109


class Mailbox:
    def __init__(self):
        self._filled = asyncio.Condition()
        self._letters = []

    async def read(self):
        async with self._filled:
            if not self._letters:
                await self._filled.wait()  # expect: THR109
            return self._letters.pop(0)


def wait_for_child():
    is_ready = multiprocessing.Condition()
    with is_ready:
        multiprocessing.Process(target=print, args=(is_ready,)).start()
        is_ready.wait()  # expect: THR109


class Gate:
    """The condition is made with a lock of the class's body."""

    _lock = threading.Lock()
    _opened = threading.Condition(_lock)

    def pass_through(self):
        with self._lock:
            self._opened.wait()  # expect: THR109
