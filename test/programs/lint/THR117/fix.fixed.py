import threading


class Journal:
    def __init__(self, file):
        self.file = file
        self._lock = threading.Lock()  # made by write
        self._locks = {}

    def write(self, line):
        with self._lock:
            self.file.append(line)

    def lock_of(self, day):
        self._locks.setdefault(day, threading.Lock())  # expect: THR117
        return self._locks[day]
