import multiprocessing
import threading
from threading import Lock, Semaphore as Seats

PATIENCE = 2.5
table_lock = threading.Lock()
table = {}
seats = Seats(10)


def rewrite(rows):
    table_lock.acquire(timeout=1)  # expect: THR103
    try:
        table.update(rows)
    finally:
        table_lock.release()


def rewrite_patiently(rows):
    table_lock.acquire(True, PATIENCE)  # expect: THR103
    try:
        table.update(rows)
    finally:
        table_lock.release()


def seat(guest):
    seats.acquire(timeout=30)  # expect: THR103
    guest.sit()


class Screen:
    def __init__(self):
        self._lock = Lock()
        self._changed = threading.Condition()
        self.shared = multiprocessing.RLock()

    def draw(self, picture):
        self._lock.acquire(False)  # expect: THR103
        try:
            picture.draw()
        finally:
            self._lock.release()

    def draw_or_not(self, picture):
        taken = self._lock.acquire(blocking=False)  # expect: THR103
        try:
            picture.draw()
        finally:
            self._lock.release()

    def draw_for_all(self, pictures):
        self.shared.acquire(timeout=0.5)  # expect: THR103
        try:
            for picture in pictures:
                picture.draw()
        finally:
            self.shared.release()

    def __enter__(self):
        self._changed.acquire(timeout=5)  # expect: THR103
        return self
