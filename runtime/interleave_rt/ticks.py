"""Counts ticks for the program: each as long as a two-thousandth of the run so far, at least a millisecond.

The count is a byte of a file that the program maps, so that it has the time for the price of a look into memory, and no
thread of ours. `rewrite.line_facts` says what for.
"""

from __future__ import annotations

import mmap
import os
import time

FILE = "ticks"
SHORTEST_SECONDS = 0.001
PER_RUN = 2000


class Ticks:
    """The supervisor's side."""

    def __init__(self, folder: str) -> None:
        with open(os.open(os.path.join(folder, FILE), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as file:
            file.truncate(1)
            self._count = mmap.mmap(file.fileno(), 1)
        self._start = time.monotonic()
        self._next = self._start

    def wait(self, wait, seconds: float) -> list:
        """What `wait(seconds)` says, and meanwhile counts."""
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            if now >= self._next:
                self._count[0] = (self._count[0] + 1) & 0xFF
                self._next = now + max(SHORTEST_SECONDS, (now - self._start) / PER_RUN)
            found = wait(max(0.0, min(end, self._next) - now))
            if found or time.monotonic() >= end:
                return found


class NoTicks:
    """Where nobody asks for the time."""

    def wait(self, wait, seconds: float) -> list:
        return wait(seconds)
