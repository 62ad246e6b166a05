"""Subinterpreters: made and destroyed by whom, waits for what runs in them, and what they record themselves."""

from __future__ import annotations

import sys
import unittest

from support import record_program, run_plain

# The same few words for the module of every version.
MODULE = """
import sys
try:
    import _interpreters as interpreters
    run = interpreters.exec
except ImportError:
    import _xxsubinterpreters as interpreters
    run = interpreters.run_string
"""


def low_level(program):
    return MODULE + program


class Interpreters(unittest.TestCase):
    def record(self, program, **more):
        recording = record_program(program, **more)
        self.assertEqual(recording.of("fault"), [])
        return recording

    def test_made_run_and_destroyed(self):
        recording = self.record(
            low_level("""
def main():
    number = interpreters.create()
    run(number, "import sys; print('inside', 'interleave' in dir(), sorted(sys.path[:1]) == sys.path[:1])")
    interpreters.destroy(number)
main()
""")
        )
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "inside False True\n", ""))
        (create,) = recording.of("interpreter_create")
        (end,) = recording.of("interpreter_end")
        self.assertEqual((create.site.function, create.arg), ("main", end.arg))
        (begin,) = [event for event in recording.of("process_begin") if event.flags == 5]
        self.assertEqual(begin.space[:2], (create.space.pid, create.arg))
        self.assertEqual(begin.arg, 0, "made by the main interpreter")
        waits = recording.of("wait", "concurrent.interpreters.Interpreter.exec")
        gots = recording.of("got", "concurrent.interpreters.Interpreter.exec")
        self.assertEqual([event.object for event in waits + gots], [create.object] * 2)
        self.assertEqual([event.outcome for event in gots], ["ok"])
        ends = [event.space.interpreter for event in recording.of("process_end")]
        self.assertEqual(sorted(ends), [0, create.arg])

    def test_threads_and_locks_inside(self):
        recording = self.record(
            low_level('''
# From 3.9 to 3.11 isolated interpreters have no threads.
number = interpreters.create(isolated=False) if (3, 9) <= sys.version_info < (3, 12) else interpreters.create()
run(number, """
import threading
lock = threading.Lock()
def work():
    with lock:
        pass
thread = threading.Thread(target=work, name="inner")
thread.start()
thread.join()
""")
interpreters.destroy(number)
''')
        )
        self.assertEqual((recording.returncode, recording.stderr), (0, ""))
        (create,) = recording.of("interpreter_create")
        inner = [event for event in recording.of("thread_create") if recording.name(event) == "inner"]
        self.assertEqual([event.space.interpreter for event in inner], [create.arg])
        acquired = [event for event in recording.of("acquire", "threading.Lock") if event.space == inner[0].space]
        self.assertEqual([recording.thread_name(event) for event in acquired], ["inner"])

    def test_calls_from_one_thread_are_one_unit_inside(self):
        recording = self.record(
            low_level("""
number = interpreters.create()
for _ in range(5):
    run(number, "import threading; lock = threading.Lock(); lock.acquire()")
""")
        )
        acquired = [event for event in recording.of("acquire", "threading.Lock") if event.space.interpreter]
        self.assertEqual(len(acquired), 5)
        self.assertEqual(len({event.thread for event in acquired}), 1)
        self.assertEqual(len({event.stream for event in acquired}), 1)

    def test_many_at_once_from_threads(self):
        recording = self.record(
            low_level("""
import threading
def work():
    number = interpreters.create()
    run(number, "total = sum(range(1000))")
    interpreters.destroy(number)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("done")
"""),
            timeout=60,
        )
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "done\n", ""))
        begins = [event.space.interpreter for event in recording.of("process_begin") if event.flags == 5]
        self.assertEqual(sorted(begins), sorted(event.arg for event in recording.of("interpreter_create")))
        self.assertEqual(len(set(begins)), 4)

    def test_interpreter_made_in_an_interpreter(self):
        inside = MODULE + "interpreters.destroy(interpreters.create())"
        program = "outer = interpreters.create()\nrun(outer, %r)\ninterpreters.destroy(outer)\n" % inside
        recording = self.record(low_level(program))
        self.assertEqual((recording.returncode, recording.stderr), (0, ""))
        parents = {event.space.interpreter: event.arg for event in recording.of("process_begin") if event.flags == 5}
        outer, inner = recording.of("interpreter_create")
        self.assertEqual(parents, {outer.arg: 0, inner.arg: outer.arg})

    def test_problem_inside(self):
        program = low_level("""
number = interpreters.create()
try:
    print(run(number, "1 / 0") is not None)
except Exception as error:
    print(type(error).__name__)
interpreters.destroy(number)
""")
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))
        (got,) = recording.of("got", "concurrent.interpreters.Interpreter.exec")
        self.assertEqual(got.outcome, "failed")

    if sys.version_info >= (3, 14):

        def test_interpreters_of_the_library(self):
            recording = self.record("""
                from concurrent import interpreters

                def double(number):
                    return number * 2

                if __name__ == "__main__":
                    queue = interpreters.create_queue()
                    interpreter = interpreters.create()
                    interpreter.prepare_main(queue=queue)
                    interpreter.exec("queue.put('hello')")
                    print(queue.get(), interpreter.call(double, 4))
                    try:
                        queue.get_nowait()
                    except interpreters.QueueEmpty:
                        print("empty")
                    interpreter.close()
            """)
            self.assertEqual((recording.stdout, recording.stderr), ("hello 8\nempty\n", ""))
            (create,) = recording.of("interpreter_create")
            (made,) = recording.of("object", "concurrent.interpreters.Queue.get")
            self.assertEqual(recording.name(made), "queue")
            (put,) = recording.of("signal", "concurrent.interpreters.Queue.put")
            self.assertEqual((put.object, put.space.interpreter), (made.object, create.arg))
            gots = recording.of("got", "concurrent.interpreters.Queue.get")
            self.assertEqual(
                [(event.object, event.outcome) for event in gots], [(made.object, "ok"), (made.object, "refused")]
            )
            lines = [(event.operation.rpartition(".")[2], event.site.line) for event in recording.of("wait")]
            self.assertEqual(lines, [("exec", 11), ("get", 12), ("call", 12)])

        def test_pool_of_interpreters(self):
            recording = self.record("""
                from concurrent.futures import InterpreterPoolExecutor

                def double(number):
                    return number * 2

                if __name__ == "__main__":
                    with InterpreterPoolExecutor(2) as pool:
                        print(list(pool.map(double, range(5))))
            """)
            self.assertEqual((recording.stdout, recording.stderr), ("[0, 2, 4, 6, 8]\n", ""))
            made = recording.of("interpreter_create")
            self.assertIn(len(made), (1, 2))
            calls = recording.of("wait", "concurrent.interpreters.Interpreter.call")
            self.assertEqual(len(calls), 5)
            self.assertLessEqual({event.object for event in calls}, {event.object for event in made})


if __name__ == "__main__":
    unittest.main()
