"""A task dies when it does in a plain run, also when it has failed and nobody asked for its result."""

from __future__ import annotations

import unittest

from support import record_program, run_plain

PROGRAM = """
import asyncio, gc, weakref

async def main():
    async def fail():
        1 / 0

    gc.disable()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: print(context["message"]))
    task = asyncio.Task(fail())
    alive = weakref.ref(task)
    del task
    await asyncio.sleep(0)
    print(alive() is None)

asyncio.run(main())
"""


class Lifetime(unittest.TestCase):
    def test_a_failed_task_is_reported_at_once(self):
        plain = run_plain(PROGRAM)
        self.assertEqual(plain[1], "Task exception was never retrieved\nTrue\n")
        recording = record_program(PROGRAM)
        self.assertEqual((recording.stdout, recording.stderr), (plain[1], plain[2]))


if __name__ == "__main__":
    unittest.main()
