"""A gate whose lock comes late."""
import multiprocessing as mp
import threading
from threading import Condition
from threading import RLock as Reentrant

_log_lock = None


def log(line, out):
    global _log_lock
    if _log_lock is None:
        _log_lock = Reentrant()  # expect: THR117
    with _log_lock:
        out.write(line)


class Gate:
    _opened = None

    def __init__(self, name):
        self.name = name
        self._shared = None
        self._locks = {}

    def enter(self, guest):
        try:
            self._lock
        except AttributeError:
            self._lock = threading.Lock()  # expect: THR117
        with self._lock:
            guest.enter(self.name)

    def wait_open(self):
        if not self._opened:
            self._opened = threading.Event()  # expect: THR117
        self._opened.wait()

    def changed(self):
        if not hasattr(self, "_changed"):
            self._changed = Condition()  # expect: THR117
        return self._changed

    def lock_for(self, guest):
        if guest not in self._locks:
            self._locks[guest] = threading.Lock()  # expect: THR117
        return self._locks[guest]

    def slot(self, number):
        try:
            return self._locks[number]
        except KeyError:
            lock = self._locks[number] = threading.Semaphore(2)  # expect: THR117
            return lock

    @property
    def shared(self):
        if getattr(self, "_shared", None) is None:
            self._shared = mp.Lock()  # expect: THR117
        return self._shared


class SideGate(Gate):
    def values(self):
        if self.__dict__.get("_values") is None:
            self._values = threading.local()  # expect: THR117
        return self._values
