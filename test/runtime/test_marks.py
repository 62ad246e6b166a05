"""The program's own marks, with a module that is there while we record and stands behind one of the user's own."""

from __future__ import annotations

import os
import unittest

from support import record_program, run_plain

HERE = os.path.dirname(os.path.abspath(__file__))
MODULE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "runtime", "interleave", "__init__.py")

PROGRAM = """
import asyncio, threading
import interleave

class Odd:
    def __str__(self):
        raise ValueError("no words")

def work():
    interleave.mark("in the worker")

async def task():
    interleave.mark("in a task")

interleave.mark("phase 1")
worker = threading.Thread(target=work, name="worker")
worker.start()
worker.join()
asyncio.run(task())
interleave.mark(2)
print(interleave.mark(Odd()))
"""

OWN = """
import interleave
print(interleave.VALUE)
"""


class Marks(unittest.TestCase):
    def test_each_is_recorded_with_its_label_place_and_unit(self):
        recording = record_program(PROGRAM)
        self.assertEqual((recording.stdout, recording.stderr), ("None\n", ""))
        marks = recording.of("mark")
        labels = [recording.text(mark.space, mark.arg) for mark in marks]
        self.assertEqual(sorted(labels), ["2", "in a task", "in the worker", "phase 1"])
        worker = marks[labels.index("in the worker")]
        self.assertEqual(recording.thread_name(worker), "worker")
        self.assertEqual(worker.site.line, 10)
        self.assertNotEqual(marks[labels.index("in a task")].task, 0)

    def test_a_module_of_the_users_own_comes_first(self):
        recording = record_program(OWN, files={"interleave.py": "VALUE = 'mine'\n"})
        self.assertEqual((recording.stdout, recording.stderr), ("mine\n", ""))

    def test_a_copy_beside_the_program_marks_too(self):
        with open(MODULE, encoding="utf-8") as file:
            copy = file.read()
        recording = record_program(PROGRAM, files={"interleave.py": copy})
        self.assertEqual(len(recording.of("mark")), 4)

    def test_without_us_the_copy_does_nothing(self):
        with open(MODULE, encoding="utf-8") as file:
            copy = file.read()
        self.assertEqual(run_plain(PROGRAM, files={"interleave.py": copy}), (0, "None\n", ""))


if __name__ == "__main__":
    unittest.main()
