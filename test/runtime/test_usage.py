"""What a run that is to be compared tells of CPU time, memory and data between processes."""

from __future__ import annotations

import os
import unittest

from support import record_program

PROGRAM = """
    import time

    def work(number):
        return sum(range(200000)) * 0 + number

    def fills(number):
        block = b"x" * (60 << 20)
        time.sleep(0.3)
        return len(block)
"""


class Usage(unittest.TestCase):
    def record(self, mode: str, function: str = "work", usage: bool = True):
        recording = record_program(
            PROGRAM, mode=mode, function=function, inputs="range(4)", workers=2, usage=usage, timeout=120
        )
        self.assertEqual(recording.returncode, 0, recording.stderr)
        return recording

    def moments(self, recording) -> dict:
        """flags -> usage records."""
        found: dict = {}
        for event in recording.of("usage"):
            found.setdefault(event.flags, []).append(event)
        return found

    def test_begin_over_and_end_are_told_in_this_order(self):
        found = self.moments(self.record("sequential"))
        self.assertEqual({flags: len(events) for flags, events in found.items()}, {1: 1, 2: 1, 4: 1})
        begin, over, end = found[1][0], found[2][0], found[4][0]
        self.assertTrue(begin.time < over.time < end.time)
        self.assertTrue(0 < begin.object < over.object <= end.object)
        self.assertEqual((begin.arg, over.arg), (0, 0))

    def test_each_process_tells_what_it_used_and_sent(self):
        recording = self.record("process")
        found = self.moments(recording)
        workers = [event for event in found[4] if event.space.pid != found[1][0].space.pid]
        workers = [event for event in workers if event.arg]
        self.assertTrue(workers)
        self.assertTrue(all(event.object > 0 for event in workers))
        # Four calls there, four results back; a pickled call names its function.
        self.assertGreater(found[2][0].arg, 4 * len("work"))

    def test_a_forked_child_counts_from_nothing(self):
        recording = record_program(
            """
            import multiprocessing, os

            def work(number):
                ours, theirs = multiprocessing.Pipe()
                ours.send_bytes(b"x" * 1000)
                if hasattr(os, "fork"):
                    pid = os.fork()
                    if pid == 0:
                        os._exit(0)
                    os.waitpid(pid, 0)
            """,
            mode="sequential", function="work", inputs="[1]", usage=True,
        )  # fmt: skip
        found = self.moments(recording)
        self.assertEqual(found[2][0].arg, 1000)
        if hasattr(os, "fork"):
            self.assertEqual(sorted(event.arg for event in found[4]), [0, 1000])

    @unittest.skipUnless(os.path.exists("/proc/self/smaps_rollup"), "this system does not tell")
    def test_memory_of_all_processes_is_sampled(self):
        memory = self.record("process", "fills").end["memory"]
        self.assertGreater(memory["peakBytes"], 60 << 20)
        self.assertGreater(memory["samples"], 0)
        self.assertGreater(memory["limitBytes"], memory["peakBytes"])

    def test_another_run_tells_nothing_of_it(self):
        recording = self.record("process", usage=False)
        self.assertEqual(recording.of("usage"), [])
        self.assertNotIn("memory", recording.end)


if __name__ == "__main__":
    unittest.main()
