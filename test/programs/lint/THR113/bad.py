"""Ticket sales: what the comments promise is not kept."""
import threading
from threading import RLock as Reentrant

_prices = {}  # guarded by: _prices_lock
_prices_lock = threading.Lock()


def set_price(show, amount):
    with _prices_lock:
        _prices[show] = amount


def price_of(show):
    return _prices[show]  # expect: THR113


class Hall:
    def __init__(self, seats):
        self._lock = threading.Lock()
        self._free = set(seats)  # guarded by: self._lock
        self._sold = {}  # guarded by: self._lock

    def sell(self, seat, guest):
        with self._lock:
            self._free.discard(seat)
            self._sold[seat] = guest

    def is_free(self, seat):
        return seat in self._free  # expect: THR113

    def give_back(self, seat):
        with self._lock:
            guest = self._sold.pop(seat, None)
        if guest is not None:
            self._free.add(seat)  # expect: THR113

    def move_all(self, other_seat):  # requires: self._lock
        self._sold = {other_seat: guest for guest in self._sold.values()}

    def rearrange(self, seat):
        self.move_all(seat)  # expect: THR113

    def later(self):
        with self._lock:

            def report():
                return len(self._sold)  # expect: THR113

            return report


class Balcony(Hall):
    def clear(self):
        self._sold = {}  # expect: THR113


class Waiting:
    def __init__(self):
        self._gate = Reentrant()
        self._names = []  # guarded by: self._gate

    def add(self, name):
        self._gate.acquire()
        try:
            self._names.append(name)
        finally:
            self._gate.release()
        return len(self._names)  # expect: THR113
