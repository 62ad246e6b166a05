"""`subprocess`: children of any kind, Pythons among them that record themselves, and waits for them."""

from __future__ import annotations

import sys
import unittest

from support import record_program, run_plain


def main_pid(recording):
    (begin,) = [event for event in recording.of("process_begin") if event.flags == 0]
    return begin.space.pid


def pythons(recording):
    return [event for event in recording.of("process_begin") if event.flags == 4]


class Subprocess(unittest.TestCase):
    def test_python_child(self):
        program = """
            import subprocess, sys
            child = subprocess.Popen([sys.executable, "-c", "import threading; threading.Thread(target=print).start()"])
            child.wait()
            again = child.wait()
        """
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "\n", ""))
        (create,) = recording.of("process_create", "subprocess.Popen")
        (begin,) = pythons(recording)
        self.assertEqual((create.arg, begin.arg), (begin.space.pid, main_pid(recording)))
        self.assertTrue(recording.name(create).startswith("python"))
        self.assertEqual(create.site.line, 3)
        # Of the two waits the second had nothing to wait for.
        (wait,) = recording.of("wait", "subprocess.Popen.wait")
        (got,) = recording.of("got", "subprocess.Popen.wait")
        self.assertEqual(
            (wait.object, got.object, wait.site.line, got.outcome), (create.object, create.object, 4, "ok")
        )
        self.assertEqual([event.space for event in recording.of("thread_create")], [begin.space])

    def test_waits(self):
        program = """
            import subprocess, sys
            command = [sys.executable, "-c", "import signal; signal.pause()"]
            child = subprocess.Popen(command)
            try:
                child.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                print("not yet")
            try:
                child.communicate(timeout=0.05)
            except subprocess.TimeoutExpired:
                print("not yet")
            child.kill()
            print(child.wait())
            subprocess.run(["true"])
            with subprocess.Popen(["true"]):
                pass
            print(subprocess.check_output(["echo", "echoed"]))
            try:
                subprocess.Popen(["no such program"])
            except FileNotFoundError as error:
                print(error.filename)
        """
        recording = record_program(program)
        plain = run_plain(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), plain)
        gots = recording.of("got", "subprocess.Popen.wait") + recording.of("got", "subprocess.Popen.communicate")
        end_of_with = 16 if sys.version_info >= (3, 10) else 17
        self.assertEqual(
            sorted((event.site.line, event.operation.rpartition(".")[2], event.outcome) for event in gots),
            [
                (6, "wait", "timeout"), (10, "communicate", "timeout"), (14, "wait", "ok"),
                (15, "communicate", "ok"), (end_of_with, "wait", "ok"), (18, "communicate", "ok"),
            ],
        )  # fmt: skip
        names = [recording.name(event) for event in recording.of("process_create")]
        self.assertEqual(names[1:], ["true", "true", "echo"])

    def test_warnings_and_tracebacks_are_those_of_a_plain_run(self):
        program = """
            import subprocess
            subprocess.run("true", shell=True, universal_newlines=True)
            def check():
                subprocess.check_output("true", shell=True, universal_newlines=True)
            check()
            subprocess.Popen(["no such program"])
        """
        environment = {"PYTHONWARNDEFAULTENCODING": "1"}
        recording = record_program(program, env=environment)
        code, stdout, stderr = run_plain(program, env=environment)
        self.assertEqual((recording.returncode, recording.stdout), (code, stdout))
        self.assertEqual(recording.stderr, stderr)
        self.assertEqual(recording.stderr.splitlines()[-1], stderr.splitlines()[-1])

    def test_environment_that_the_program_gives(self):
        program = """
            import os, subprocess, sys
            code = "import os; print(os.environ.get('MINE'), 'HOME' in os.environ)"
            environment = {"MINE": "1"}
            subprocess.check_call([sys.executable, "-c", code], env=environment)
            print(environment)
            print(os.spawnve(os.P_WAIT, sys.executable, [sys.executable, "-c", code], {"MINE": "2"}))
            if hasattr(os, "posix_spawn"):
                pid = os.posix_spawn(sys.executable, [sys.executable, "-c", code], {"MINE": "3"})
                print(os.waitpid(pid, 0)[1])
        """
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))
        self.assertEqual(len(pythons(recording)), 3, recording.dump())
        self.assertEqual({event.arg for event in pythons(recording)}, {main_pid(recording)})

    def test_shell_script_that_starts_pythons(self):
        program = """
            import subprocess, sys
            line = '"%s" -c "print(%d)"; '
            subprocess.check_call("".join(line % (sys.executable, n) for n in range(3)), shell=True)
        """
        recording = record_program(program)
        self.assertEqual((recording.stdout, recording.stderr), ("0\n1\n2\n", ""))
        (create,) = recording.of("process_create", "subprocess.Popen")
        begins = pythons(recording)
        self.assertEqual([event.arg for event in begins], [create.arg] * 3)
        self.assertEqual(len({event.space for event in begins}), 3)

    def test_exec_begins_anew_in_the_same_process(self):
        program = """
            import os, sys
            lock = __import__("threading").Lock()
            lock.acquire()
            os.execv(sys.executable, [sys.executable, "-c", "print('new')"])
        """
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "new\n", ""))
        first, second = recording.of("process_begin")
        self.assertEqual(first.space.pid, second.space.pid)
        self.assertEqual((first.flags, second.flags), (0, 4))
        self.assertEqual([event.space for event in recording.of("acquire")], [first.space])
        self.assertEqual([event.space for event in recording.of("process_end")], [second.space])

    def test_isolated_python_is_only_a_child(self):
        program = """
            import subprocess, sys
            subprocess.check_call([sys.executable, "-I", "-c", "print('alone')"])
        """
        recording = record_program(program)
        self.assertEqual((recording.stdout, recording.stderr), ("alone\n", ""))
        self.assertEqual(len(recording.of("process_create", "subprocess.Popen")), 1)
        self.assertEqual(pythons(recording), [])


if __name__ == "__main__":
    unittest.main()
