"""Nothing but a locked `+=`; prints seconds of CPU."""

import threading

from common import run


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0

    def add(self, times):
        for _ in range(times):
            with self.lock:
                self.count += 1


def main():
    Counter().add(60_000)


run(main)
