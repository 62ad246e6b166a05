import threading


class Journal:
    def __init__(self, file):
        self.file = file
        self._lock = None  # made by write
        self._locks = {}

    def write(self, line):
        if self._lock is None:
            self._lock = threading.Lock()  # expect: THR117
        with self._lock:
            self.file.append(line)

    def lock_of(self, day):
        if day not in self._locks:
            self._locks[day] = threading.Lock()  # expect: THR117
        return self._locks[day]
