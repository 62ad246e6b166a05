import threading


class Oven:
    def __init__(self, heat):
        self._lock = threading.Lock()
        self._heat = heat
        self._plate = None
        self._trays = {}

    def plate(self):
        if self._plate is None:
            # Heating takes long.
            with self._lock:  # expect: THR118
                plate = self._heat()
                # Others see it only now.
                self._plate = plate
        return self._plate

    def tray(self, level):
        if level not in self._trays:
            with self._lock:  # expect: THR118
                self._trays[level] = self._heat(level)
        return self._trays[level]
