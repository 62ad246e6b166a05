import threading


class Diary:
    def __init__(self):
        self._lock = threading.RLock()  # one for all pages
        self._pages = {}

    def write(self, day, text):
        with self._lock:
            self._pages[day] = text

    def write_week(self, week, text):
        with self._lock:
            for day in week:
                self.write(day, text)  # expect: THR104
