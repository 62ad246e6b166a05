"""What the interpreter and asyncio complain about is recorded, and said as in a plain run."""

from __future__ import annotations

import unittest

from support import record_program, run_plain

PROGRAM = """
import asyncio, gc, warnings

async def save():
    pass

async def fail():
    raise ValueError("lost")  # raised

async def main():
    save()  # dropped
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        save()  # dropped, too
    print([(str(warning.message), warning.lineno) for warning in caught])
    task = asyncio.get_running_loop().create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()
    gathered = await asyncio.gather(fail(), return_exceptions=True)
    print(gathered)

asyncio.run(main())
"""


def line_of(mark: str) -> int:
    return next(number for number, line in enumerate(PROGRAM.split("\n"), 1) if line.endswith("# " + mark))


class Leaks(unittest.TestCase):
    def setUp(self):
        self.recording = record_program(PROGRAM)

    def test_the_program_says_the_same(self):
        _, stdout, stderr = run_plain(PROGRAM)
        self.assertEqual(self.recording.stdout, stdout)
        self.assertEqual(stderr.count("never awaited"), 1)
        self.assertEqual(self.recording.stderr.count("never awaited"), 1)
        self.assertEqual(self.recording.stderr.count("never retrieved"), 1)
        self.assertNotIn("interleave", self.recording.stderr)

    def test_each_is_recorded_with_its_place(self):
        exceptions = self.recording.of("leak", "leak.exception")
        coroutines = self.recording.of("leak", "leak.coroutine")
        self.assertEqual([event.site.line for event in exceptions], [line_of("raised")])
        self.assertEqual([event.site.line for event in coroutines], [line_of("dropped"), line_of("dropped, too")])
        names = {self.recording.text(event.space, event.arg) for event in coroutines}
        self.assertEqual(names, {"save"})


if __name__ == "__main__":
    unittest.main()
