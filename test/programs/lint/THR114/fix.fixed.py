import threading

_counts_lock = threading.Lock()
_counts = {}


def count_word(word):
    with _counts_lock:
        known = _counts.get(word, 0)
        _counts[word] = known + 1  # expect: THR114


class Meter:
    def __init__(self):
        self._lock = threading.Lock()
        self._total = 0

    def add(self, amount, factor):
        with self._lock:
            total = self._total
            # What the customer pays for.
            total = total + amount * factor
            self._total = total  # expect: THR114
        return total
