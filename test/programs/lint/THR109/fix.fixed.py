import threading


class Well:
    def __init__(self):
        self._filled = threading.Condition()
        self._buckets = []

    def draw(self):
        with self._filled:
            # The well may be dry.
            while not self._buckets:
                self._filled.wait()  # expect: THR109
            return self._buckets.pop()

    def draw_two(self):
        with self._filled:
            while len(self._buckets) < 2: self._filled.wait()  # expect: THR109
            return self._buckets.pop(), self._buckets.pop()
