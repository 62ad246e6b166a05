"""The program cannot tell that it is recorded: the same probe, plainly and under the supervisor."""

from __future__ import annotations

import re
import unittest

from support import record_program, run_plain

PROBE = '''"""The probe's docstring."""
from __future__ import annotations
import sys
before = set(sys.modules)
import __main__, inspect, os, pickle, traceback, warnings

class Thing:
    """A thing."""
    def __init__(self, x): self.x = x

def show():
    print(sys.argv, sys.path[:1], len(sys.path), os.getcwd())
    for name in ("__name__", "__file__", "__spec__", "__package__", "__doc__", "__cached__"):
        print(name, repr(getattr(__main__, name, "missing")))
    print(type(__main__.__loader__), getattr(__main__.__loader__, "name", ""), getattr(__main__.__loader__, "path", ""))
    print(__main__.__builtins__.__name__, __annotations__ if "__annotations__" in globals() else None, [name for name in sorted(vars(__main__)) if not name.startswith("_interleave_")])
    print(sys.flags, sys.warnoptions, sys.getrecursionlimit(), sys.dont_write_bytecode, sys.pycache_prefix)
    print(inspect.getsource(Thing), inspect.getsourcefile(show), inspect.getfile(Thing))
    print(pickle.loads(pickle.dumps(Thing(3))).x, Thing.__module__, show.__code__.co_filename)
    print([name for name in sorted(before) if not name.startswith(("interleave_rt", "_")) and name not in sys.builtin_module_names])
    print(getattr(sys, "orig_argv", [])[1:], sys.gettrace(), sys.getprofile(), sys.stdin.encoding)
    print([type(finder).__name__ for finder in sys.meta_path if "interleave" not in type(finder).__module__])
    print("sitecustomize" in sys.modules, [entry for entry in sys.path if "interleave" in entry and "test" not in entry])
    print(__main__.__loader__.get_source("__main__") == open(__file__).read())

show()
traceback.print_stack()
warnings.warn("be warned")
def outer(): warnings.warn("from outside", stacklevel=2)
outer()
sys.stderr.flush()
'''


def comparable(result):
    """What may differ: addresses in memory."""
    code, out, err = result
    return code, re.sub(r"0x[0-9a-f]+", "0x", out), re.sub(r"0x[0-9a-f]+", "0x", err)


class Main(unittest.TestCase):
    maxDiff = None

    def check(self, program, *args, **more):
        """Runs it plainly, recorded, and recorded with functions rewritten; returns the plain result."""
        plain = comparable(run_plain(program, *args, **more))
        for spans in (False, True):
            with self.subTest(spans=spans):
                recording = record_program(program, *args, spans=spans, **more)
                found = comparable((recording.returncode, recording.stdout, recording.stderr))
                self.assertEqual(found, plain)
                self.assertEqual([event.flags for event in recording.of("process_begin")][:1], [0])
        return plain

    def test_probe(self):
        code, out, err = self.check(PROBE, "--flag", "ü", "")
        self.assertEqual(code, 0, err)
        self.assertIn("FOLDER/code/program.py", out)

    def test_uncaught_exception(self):
        code, _, err = self.check("""
            def inner(x):
                raise ValueError("bad", x)
            def outer():
                try:
                    inner(1)
                except ValueError as error:
                    raise RuntimeError("worse") from error
            outer()
        """)
        self.assertEqual(code, 1)
        self.assertIn("worse", err)

    def test_exits(self):
        for program, expected in (
            ("import sys\nsys.exit(3)\n", 3),
            ("import sys\nsys.exit('a message')\n", 1),
            ("import os\nos._exit(5)\n", 5),
            ("raise SystemExit\n", 0),
            ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", -9),
            ("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n", -15),
            ("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", -2),
            ("import os\nos.abort()\n", -6),
            ("import atexit\natexit.register(print, 'late')\nprint('early')\n", 0),
        ):
            with self.subTest(program=program):
                self.assertEqual(self.check(program)[0], expected)

    def test_syntax_error_is_told_by_python(self):
        code, _, err = self.check("x = (\n\nprint('never'\n")
        self.assertEqual(code, 1)
        self.assertIn("SyntaxError", err)

    def test_missing_file_is_told_by_python(self):
        code, _, err = self.check("/nowhere/program.py", cwd="/")
        self.assertEqual(code, 2)
        self.assertIn("can't open file", err)

    def test_input_and_output_pass_through(self):
        self.check("import sys\nfor line in sys.stdin: print(line.upper(), end='')\nprint(input)\n", input="one\ntwo\n")

    def test_users_own_modules_with_names_of_the_library(self):
        files = {
            name + ".py": "print('the user\\'s', __name__)\nvalue = 1\n"
            for name in ("queue", "struct", "mmap", "calendar")
        }
        code, out, err = self.check(
            "import queue, struct, mmap, calendar\nprint(queue.value, struct.value, mmap.value, calendar.value)\n",
            files=files,
        )
        self.assertEqual((code, out.splitlines()[-1:]), (0, ["1 1 1 1"]), err)

    def test_users_sitecustomize_runs_as_ever(self):
        files = {"sitecustomize.py": "import sys\nprint('custom', __name__, sys.argv[1:])\n"}
        program = (
            "import sys\nprint('sitecustomize' in sys.modules)\nimport sitecustomize\nprint(sitecustomize.__name__)\n"
        )
        self.check(program, files=files)
        import os
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "sitecustomize.py"), "w") as file:
                file.write(files["sitecustomize.py"])
            _, out, _ = self.check(program, env={"PYTHONPATH": folder})
            self.assertIn("custom sitecustomize", out)

    def test_multiprocessing_spawn_finds_main(self):
        code, out, err = self.check("""
            import multiprocessing, sys
            class Thing: pass
            def work(thing): print(type(thing).__module__, __name__, sys.argv, sys.path[0])
            if __name__ == "__main__":
                process = multiprocessing.get_context("spawn").Process(target=work, args=(Thing(),))
                process.start(); process.join(); print(process.exitcode)
        """)
        self.assertEqual((code, out.splitlines()[-1:]), (0, ["0"]), err)

    def test_threads_at_exit(self):
        for kind in ("daemon=True", "daemon=False"):
            self.check(
                """
                import threading, time
                lock = threading.Lock()
                def work():
                    for i in range(20):
                        with lock: time.sleep(0.005)
                threading.Thread(target=work, %s).start()
                print("done")
            """
                % kind
            )

    # With functions rewritten, a profiler sees our calls in them, and globals() has two names more.
    def test_profile_and_trace_functions_are_the_programs(self):
        self.check("""
            import sys, threading
            seen = set()
            def profile(frame, event, arg):
                if "program.py" in frame.f_code.co_filename and not event.startswith("c_"): seen.add((frame.f_code.co_name, event))
            def work(): return 1
            threading.setprofile(profile); sys.setprofile(profile)
            work(); thread = threading.Thread(target=work); thread.start(); thread.join()
            sys.setprofile(None)
            print(sorted(seen))
        """)


if __name__ == "__main__":
    unittest.main()
