import threading


class Seats:
    def __init__(self, count):
        self._lock = threading.Lock()
        self._free = list(range(count))
        self._names = {}

    def take(self, name):
        with self._lock:
            seat = self._free.pop()
            self._names[seat] = name
            return seat

    def name_of(self, seat):
        with self._lock:
            return self._names[seat]

    def add(self, count):
        with self._lock:
            self._free.extend(range(count))

    def give_back(self, seat):
        if seat is not None:
            with self._lock:
                self._free.append(seat)  # expect: THR112

    def rename(self, seat, name):
        with self._lock:
            self._names[  # expect: THR112
                seat
            ] = name
        return seat
