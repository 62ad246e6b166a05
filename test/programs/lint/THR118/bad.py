"""A projector that is switched on once too often."""
import threading
from threading import RLock as Reentrant

_lamp_lock = threading.Lock()
_lamp = None


def lamp(make):
    global _lamp
    if _lamp is None:
        with _lamp_lock:  # expect: THR118
            _lamp = make()
    return _lamp


class Projector:
    _instance = None
    _instance_lock = threading.Lock()

    def __init__(self, open_film):
        self._lock = Reentrant()
        self._open_film = open_film
        self._film = None
        self._reels = {}
        self._started = False

    @classmethod
    def instance(cls, open_film):
        if not cls._instance:
            with cls._instance_lock:  # expect: THR118
                cls._instance = cls(open_film)
        return cls._instance

    def film(self):
        if self._film is not None:
            return self._film
        with self._lock:  # expect: THR118
            self._film = self._open_film()
        return self._film

    def reel(self, number):
        if number not in self._reels:
            with self._lock:  # expect: THR118
                self._reels[number] = self._open_film(number)
        return self._reels[number]

    def start(self, motor):
        if not self._started:
            self._lock.acquire()  # expect: THR118
            try:
                motor.switch_on()
                self._started = True
            finally:
                self._lock.release()


class Screen:
    def __init__(self):
        self._cloth = None
        self._moves = threading.Condition()

    def roll_up(self):
        if self._cloth is not None:
            with self._moves:  # expect: THR118
                self._cloth.roll()
                self._cloth = None

    def is_down(self):
        return self._cloth is not None


class Cinema:
    _only = None
    _lock = threading.Lock()

    def __new__(cls):
        if cls._only is None:
            with cls._lock:  # expect: THR118
                cls._only = super().__new__(cls)
        return cls._only
