"""The size of a recording has a limit; what does not fit is counted, and the program goes on."""

from __future__ import annotations

import unittest

from support import record_program

PROGRAM = """
import threading

together = threading.Barrier(20)

def work():
    lock = threading.Lock()
    together.wait()
    for _ in range(200):
        with lock:
            pass
    together.wait()

threads = [threading.Thread(target=work) for _ in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
"""
LIMIT_BYTES = 8 * 64 * 1024
HEADER_BYTES = 128


class Limit(unittest.TestCase):
    def test_every_stream_counts_what_it_lost_also_one_that_never_had_room(self):
        recording = record_program(PROGRAM, limit_bytes=LIMIT_BYTES)
        self.assertEqual(recording.stdout, "done\n", recording.stderr)
        # The program, and twenty threads at a time.
        self.assertGreaterEqual(len(recording.segments), 21)
        self.assertLessEqual(sum(size for size, _ in recording.segments if size > HEADER_BYTES), LIMIT_BYTES)
        without_room = [lost for size, lost in recording.segments if size == HEADER_BYTES]
        self.assertTrue(without_room)
        self.assertTrue(all(lost >= 400 for lost in without_room), without_room)


if __name__ == "__main__":
    unittest.main()
