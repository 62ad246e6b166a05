"""One function over given inputs, in each mode; and selections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from support import RUNTIME, SUPERVISOR, record_program

MODES = ("sequential", "thread", "async", "process", "interpreter")

PROGRAM = """
    import asyncio
    import os

    os.write(1, b"loaded\\n" if __name__ == "__main__" else b"loaded elsewhere\\n")

    class Point:
        def __init__(self, x=0): self.x = x
        def move(self, by): write("moved", by)
        @staticmethod
        def show(point): write("point", point.x)
        @classmethod
        def named(cls, name): write(cls.__name__, name)

    class Needs:
        def __init__(self, what): pass
        def method(self, x): pass

    def write(*words):
        os.write(1, (" ".join(map(str, words)) + "\\n").encode())

    def work(number):
        write("work", number)
        return part(number)

    def part(number):
        if number == 2:
            raise ValueError("no %d" % number)

    async def fetch(number, name="x"):
        await asyncio.sleep(0.001)
        write("fetch", number, name)
        if number == 2:
            raise KeyError(name)

    def nothing(): write("nothing")
    def generator(number): yield number
    def outer():
        def inner(x): pass
        return inner
    inner = outer()
    constant = 3

    if __name__ == "__main__":
        print("the main block")
"""


def has_interpreters():
    try:
        __import__("_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters")
    except ImportError:
        return False
    return True


class Modes(unittest.TestCase):
    maxDiff = None

    def record(self, mode, function, inputs, workers=2, program=PROGRAM, **more):
        return record_program(program, mode=mode, function=function, inputs=inputs, workers=workers, spans=True, **more)

    def printed(self, recording):
        return sorted(line for line in recording.stdout.splitlines() if not line.startswith("loaded"))

    def test_each_mode_runs_all_inputs_and_tells_what_failed(self):
        for mode in MODES:
            with self.subTest(mode):
                recording = self.record(mode, "work", "range(4)")
                self.assertEqual(self.printed(recording), ["work %d" % number for number in range(4)])
                self.assertNotIn("True", recording.stdout)
                self.assertEqual(recording.returncode, 1)
                self.assertEqual(recording.of("fault"), [])
                lines = recording.stderr.splitlines()
                self.assertEqual(lines[:2], ["Input 3 of 4, work(2), failed:", "Traceback (most recent call last):"])
                self.assertEqual(lines[-1], "ValueError: no 2")
                frames = [line.split(", ", 1)[1] for line in lines if line.startswith("  File ")]
                self.assertEqual(frames, ["line 24, in work", "line 28, in part"])
                self.assertEqual(self.units(recording, mode), ["work(%d)" % number for number in range(4)])
                entered = [event for event in recording.of("enter") if event.site.function == "part"]
                self.assertEqual(len(entered), 4)
                if mode == "process":
                    self.assertNotIn(recording.of("process_begin")[0].space.pid, {each.space.pid for each in entered})

    def units(self, recording, mode):
        """The names of the jobs or tasks that the inputs are in the timeline."""
        if mode == "async":
            names = [recording.name(event) for event in recording.of("task_create")]
        else:
            names = [recording.text(event.space, event.arg) for event in recording.of("job_begin")]
        return sorted(name for name in names if name.startswith("work("))

    def test_each_mode_runs_coroutines(self):
        for mode in ("thread", "async", "process", "interpreter"):
            with self.subTest(mode):
                recording = self.record(mode, "fetch", "[(1, 'a'), 2, (3, 'b')]")
                self.assertEqual(self.printed(recording), ["fetch 1 a", "fetch 2 x", "fetch 3 b"])
                self.assertEqual(recording.returncode, 1)
                self.assertIn("Input 2 of 3, fetch(2), failed:\n", recording.stderr)
                self.assertIn("KeyError: 'x'\n", recording.stderr)
                self.assertNotIn("interleave_rt", recording.stderr)

    def test_methods(self):
        self.assertEqual(self.printed(self.record("process", "Point.move", "[1, 2]")), ["moved 1", "moved 2"])
        self.assertEqual(self.printed(self.record("thread", "Point.show", "[Point(5)]")), ["point 5"])
        self.assertEqual(self.printed(self.record("process", "Point.named", "'a'")), ["Point a"])

    def test_a_function_without_parameters_is_called_once_for_each_input(self):
        self.assertEqual(self.printed(self.record("thread", "nothing", "range(3)")), ["nothing"] * 3)
        self.assertEqual(self.printed(self.record("thread", "nothing", "", workers=2)), ["nothing"] * 2)
        self.assertEqual(self.printed(self.record("async", "nothing", None, workers=4)), ["nothing"] * 4)

    def test_no_inputs_at_all(self):
        for mode in ("async", "process"):
            with self.subTest(mode):
                recording = self.record(mode, "work", "[]")
                self.assertEqual((recording.returncode, recording.stderr), (0, ""))

    def test_wrong_use_is_one_sentence(self):
        cases = {
            ("sequential", "Point.missing", "range(2)"): "program.py has no function Point.missing.",
            ("thread", "constant", "range(2)"): "constant in program.py is no function but an int.",
            ("thread", "Point", "range(2)"): "Point in program.py is a class; name one of its methods.",
            ("thread", "generator", "range(2)"):
                "generator is a generator, whose body runs only while somebody asks it for values.",
            ("thread", "work", ""): "work has parameters: give inputs, such as range(8).",
            ("sequential", "Point.show", "8"): "The inputs 8 are an int, not a series of inputs.",
            ("thread", "work", "unknown"):
                "The inputs unknown cannot be evaluated: NameError: name 'unknown' is not defined",
            ("thread", "work", "[(1, 2)]"): "work(1, 2) cannot be called: too many positional arguments.",
            ("warp", "work", "range(2)"):
                "There is no mode 'warp'; there are async, interpreter, process, sequential, thread.",
        }  # fmt: skip
        for (mode, function, inputs), sentence in cases.items():
            with self.subTest(sentence):
                recording = self.record(mode, function, inputs)
                self.assertEqual((recording.returncode, recording.stderr), (2, sentence + "\n"))
        for mode, function, beginning in (
            ("process", "inner", "inner cannot be sent to another process: "),
            ("interpreter", "inner", "inner cannot be sent to another interpreter: "),
            ("thread", "Needs.method", "Needs.method needs an object, and Needs() cannot be made without arguments: "),
            ("thread", "work", "The inputs range( cannot be evaluated: SyntaxError: "),
        ):
            with self.subTest(beginning):
                recording = self.record(mode, function, "range(" if "range(" in beginning else "range(2)")
                self.assertEqual(recording.returncode, 2)
                self.assertTrue(recording.stderr.startswith(beginning), recording.stderr)
                self.assertEqual(recording.stderr.count("\n"), 1)

    def test_files_that_cannot_be_loaded(self):
        recording = self.record("thread", "work", "range(2)", program="def work(x):\n    pass\n1 / 0\n")
        self.assertEqual(recording.returncode, 1)
        lines = recording.stderr.splitlines()
        self.assertEqual(
            (lines[0], lines[-1]), ("Traceback (most recent call last):", "ZeroDivisionError: division by zero")
        )
        self.assertIn('program.py", line 3, in <module>', lines[1])
        recording = self.record("thread", "work", "range(2)", program="def work(x:\n    pass\n")
        self.assertEqual(recording.returncode, 1)
        self.assertIn('program.py", line', recording.stderr)
        self.assertIn("SyntaxError", recording.stderr)
        self.assertNotIn("interleave", recording.stderr.replace("interleave-test", ""))
        recording = self.record("thread", "work", "range(2)", program="import sys\nsys.exit(5)\n")
        self.assertEqual(recording.returncode, 5)
        self.assertIn('belongs under `if __name__ == "__main__":`', recording.stderr)

    def test_an_input_that_ends_its_process(self):
        program = """
            import os
            def work(number):
                if number == 1:
                    os._exit(3)
        """
        recording = self.record("process", "work", "range(2)", workers=1, program=program)
        self.assertEqual(recording.returncode, 1)
        self.assertIn("BrokenProcessPool", recording.stderr)

    @unittest.skipIf(has_interpreters(), "this Python has them")
    def test_interpreters_are_missing(self):
        recording = self.record("interpreter", "work", "range(2)")
        self.assertEqual(
            (recording.returncode, recording.stderr),
            (2, "This Python has no subinterpreters; CPython has them from 3.8 on.\n"),
        )


class Selection(unittest.TestCase):
    FILE = """
        import sys
        value = 1
        def work(x):
            y = x + 1
            print("inside", y)
            return y
        if value:
            print("selected", __name__, len(sys.argv))
            work(2)
            1 / 0
        print("not selected")
    """

    def run_selection(self, text, line):
        work = tempfile.mkdtemp(prefix="interleave-test-")
        file = os.path.join(work, "program.py")
        with open(file, "w") as out:
            out.write(textwrap.dedent(self.FILE).lstrip())
        folder = os.path.join(work, "run")
        os.mkdir(folder, 0o700)
        run = {"version": 1, "file": file, "args": ["a"], "cwd": work, "mode": "as-written", "spans": True,
               "selection": {"text": text, "line": line}}  # fmt: skip
        with open(os.path.join(folder, "run.json"), "w") as out:
            json.dump(run, out)
        done = subprocess.run(
            [sys.executable, "-I", "-S", SUPERVISOR, folder], capture_output=True,
            text=True, timeout=60, env={**os.environ, "INTERLEAVE_CORES": "none"},
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    def test_whole_statements(self):
        code, out, err = self.run_selection("import sys\nvalue = 1\nprint(value, len(sys.argv), __name__)\n", 1)
        self.assertEqual((code, out, err), (0, "1 2 __main__\n", ""))

    def test_indented_lines_keep_their_place(self):
        text = '    print("selected", __name__)\n    1 / 0\n'
        code, out, err = self.run_selection(text, 8)
        self.assertEqual((code, out), (1, "selected __main__\n"))
        self.assertIn('program.py", line 9, in <module>\n', err)
        self.assertNotIn("interleave_rt", err)

    def test_a_selection_that_starts_within_its_first_line(self):
        code, out, err = self.run_selection('y = x + 1\n    print("inside", y)', 4)
        self.assertEqual((code, out), (1, ""))
        self.assertIn('program.py", line 4, in <module>\n    y = x + 1\n', err)

    def test_a_selection_that_is_no_program(self):
        code, out, err = self.run_selection("return y", 6)
        self.assertEqual((code, out), (1, ""))
        self.assertIn('program.py", line 6\n', err)
        self.assertIn("SyntaxError: 'return' outside function", err)
        code, out, err = self.run_selection("if value:\n    print(", 7)
        self.assertEqual((code, out), (1, ""))
        self.assertIn('program.py", line 8\n', err)
        self.assertIn("SyntaxError", err)
        self.assertNotIn(RUNTIME, err)


if __name__ == "__main__":
    unittest.main()
