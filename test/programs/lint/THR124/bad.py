"""A car park whose barriers do not stop anybody."""
import threading
from threading import Lock as Barrier

_board_lock = threading.Lock()
_board = []


def show(line):
    with _board_lock:
        _board.append(line)


def new_board():
    global _board_lock
    _board_lock = threading.Lock()  # expect: THR124
    with _board_lock:
        _board.clear()


def fresh_lock():
    return threading.RLock()


def show_alone(line):
    with fresh_lock():  # expect: THR124
        print(line)


class Floor:
    cars = 0
    plates = {}
    waiting = []

    def __init__(self, number):
        self.number = number
        self.lock = Barrier()
        self.free = 20

    def enter(self, plate):
        with self.lock:
            Floor.cars += 1  # expect: THR124
            self.plates[plate] = self.number  # expect: THR124
            self.free -= 1

    def wait(self, plate):
        with self.lock:
            type(self).waiting.append(plate)  # expect: THR124

    def reopen(self):
        self.lock = Barrier()  # expect: THR124
        with self.lock:
            self.free = 20


class Roof(Floor):
    def leave(self, plate):
        with self.lock:
            Floor.cars -= 1  # expect: THR124
            self.free += 1


class Gate:
    def __init__(self):
        self.count = 0

    def get_lock(self):
        lock = threading.Lock()
        return lock

    @property
    def guard(self):
        return Barrier()

    def open(self):
        with self.get_lock():  # expect: THR124
            self.count += 1

    def close(self):
        with self.guard:  # expect: THR124
            self.count -= 1
