"""Made once, each in its own way."""
import threading

_clock_lock = threading.Lock()
_clock = None


def clock(make):
    global _clock
    if _clock is None:
        with _clock_lock:
            if _clock is None:
                _clock = make()
    return _clock


class Station:
    def __init__(self, build):
        self._lock = threading.RLock()
        self._build = build
        self._tracks = None
        self._signal = None
        self._trains = {}
        self._closed = False
        self._plan = None
        self._waiting = None

    def tracks(self):
        if self._tracks is not None:
            return self._tracks
        with self._lock:
            if self._tracks is None:
                self._tracks = self._build()
        return self._tracks

    def signal(self):
        if self._signal is None:
            with self._lock:
                self._signal = self._signal or self._build()
        return self._signal

    def train(self, number):
        if number not in self._trains:
            train = self._build(number)
            with self._lock:
                self._trains.setdefault(number, train)
        return self._trains[number]

    def close(self):
        if not self._closed:
            with self._lock:
                self._closed = True

    def plan(self):
        with self._lock:
            if self._plan is None:
                with self._lock:
                    self._plan = self._build()
            return self._plan

    def waiting(self):
        if self._waiting is None:
            with self._lock:
                if self._waiting is None:
                    waiting = self._build()
                    waiting.heat()
                    self._waiting = waiting
        return self._waiting

    def replace(self, plan):
        if plan is None:
            with self._lock:
                plan = self._build()
        return plan


class Files:
    def __init__(self):
        self._file = None

    def file(self, path):
        if self._file is None:
            with open(path) as file:
                self._file = file.read()
        return self._file


_missing = object()


class cached:
    """Each object computes it once; what is tested first is only a local copy."""

    def __init__(self, compute):
        self._compute = compute
        self._lock = threading.RLock()

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, instance, owner=None):
        cache = instance.__dict__
        value = cache.get(self._name, _missing)
        if value is _missing:
            with self._lock:
                value = cache.get(self._name, _missing)
                if value is _missing:
                    value = self._compute(instance)
                    cache[self._name] = value
        return value
