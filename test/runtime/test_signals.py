"""An exception that a signal handler throws into our code is the program's, and reaches it."""

from __future__ import annotations

import sys
import unittest

from support import record_program

PROGRAM = """
import queue, signal, threading

class Late(Exception):
    pass

def on_alarm(*_):
    raise Late

def work():
    return 1

signal.signal(signal.SIGALRM, on_alarm)
lock, items, caught = threading.Lock(), queue.Queue(), 0
for number in range(400):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.0002 + number % 50 * 1e-6)
        while True:
            with lock:
                pass
            work()
            items.put(1)
            items.get()
    except Late:
        # What strikes at the door of a function written in Python leaves its lock taken, in a plain queue as well.
        lock, items, caught = threading.Lock(), queue.Queue(), caught + 1
print(caught)
"""


@unittest.skipIf(sys.platform == "win32", "Windows has no SIGALRM")
class Signals(unittest.TestCase):
    def test_every_one_arrives(self):
        for spans in (False, True):
            with self.subTest(spans=spans):
                recording = record_program(PROGRAM, spans=spans)
                self.assertEqual((recording.stdout, recording.stderr), ("400\n", ""))


if __name__ == "__main__":
    unittest.main()
