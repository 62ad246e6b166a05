"""Processes of multiprocessing: who started them, how, under which name, and how they ended."""

from __future__ import annotations

import multiprocessing
import re
import unittest

from support import record_program, run_plain

HOW = {"fork": 1, "spawn": 2, "forkserver": 3}
METHODS = multiprocessing.get_all_start_methods()

ONE_CHILD = """
    import multiprocessing, sys

    def work(status):
        print("working", flush=True)
        sys.exit(status)

    if __name__ == "__main__":
        context = multiprocessing.get_context(sys.argv[1])
        child = context.Process(target=work, args=(3,), name="the child")
        child.start()
        child.join()
        print("ended with", child.exitcode, flush=True)
"""


def begin_of(recording, pid):
    """The process_begin of the process with this number."""
    (begin,) = [event for event in recording.of("process_begin") if event.space.pid == pid]
    return begin


def main_space(recording):
    (begin,) = [event for event in recording.of("process_begin") if event.flags == 0]
    return begin.space


def _without_numbers(text):
    """What the numbers of descriptors and processes in a traceback do not change."""
    return re.sub(r"\b(tracker_fd|pipe_handle|parent_pid)=\d+|~+\^*~*|\d+ bytes", "", text)


class Start(unittest.TestCase):
    def test_child_is_tied_to_the_process_that_started_it(self):
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(ONE_CHILD, method)
                self.assertEqual((recording.returncode, recording.stderr), (0, ""))
                main = main_space(recording)
                (create,) = [event for event in recording.of("process_create") if recording.name(event) == "the child"]
                self.assertEqual(create.space, main)
                self.assertEqual(create.operation, "multiprocessing.Process.start")
                self.assertEqual((create.site.function, create.site.line), ("<module>", 11))
                begin = begin_of(recording, create.arg)
                self.assertEqual(begin.flags, HOW[method], recording.dump())
                self.assertEqual(begin.arg, main.pid)
                self.assertEqual(recording.name(begin), "the child")
                (wait,) = recording.of("wait", "multiprocessing.Process.join")
                (got,) = recording.of("got", "multiprocessing.Process.join")
                self.assertEqual((wait.object, got.object, got.outcome), (create.object, create.object, "ok"))
                (end,) = [event for event in recording.of("process_end") if event.space == begin.space]
                self.assertEqual((end.outcome, end.arg), ("failed", 3))
                self.assertLess(end.time, got.time)

    def test_output_is_that_of_a_plain_run(self):
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(ONE_CHILD, method)
                plain = run_plain(ONE_CHILD, method)
                self.assertEqual((recording.returncode, recording.stdout, recording.stderr), plain)

    def test_failing_child_prints_the_same_traceback(self):
        program = """
            import multiprocessing, sys

            def work():
                raise ValueError("no")

            if __name__ == "__main__":
                child = multiprocessing.get_context(sys.argv[1]).Process(target=work)
                child.start()
                child.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method)
                self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program, method))

    def test_program_without_main_guard_fails_as_in_a_plain_run(self):
        program = """
            import multiprocessing, sys
            child = multiprocessing.get_context(sys.argv[1]).Process(target=print)
            child.start()
            child.join()
        """
        for method in METHODS:
            for spans in (False, True):
                with self.subTest(method=method, spans=spans):
                    recording = record_program(program, method, spans=spans)
                    code, stdout, stderr = run_plain(program, method)
                    self.assertEqual((recording.returncode, recording.stdout), (code, stdout))
                    self.assertEqual(_without_numbers(recording.stderr), _without_numbers(stderr))

    def test_servers_are_told_apart(self):
        program = """
            import multiprocessing, sys

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                with context.Manager() as manager:
                    numbers = manager.list([1])
                    numbers.append(2)
                    print(list(numbers))
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method)
                self.assertEqual((recording.stdout, recording.stderr), ("[1, 2]\n", ""))
                main = main_space(recording)
                servers = [event for event in recording.of("process_begin") if event.flags == 7]
                names = [recording.name(event) for event in servers]
                self.assertTrue(any(name.startswith("SyncManager") for name in names), recording.dump())
                self.assertEqual([event.arg for event in servers], [main.pid] * len(servers))
                self.assertEqual(
                    [event.arg for event in recording.of("process_begin") if event.flags == 6],
                    [main.pid] if method == "forkserver" else [],
                )
                waits = recording.of("wait", "multiprocessing.Manager")
                self.assertEqual(len(waits), len(recording.of("got", "multiprocessing.Manager")))
                self.assertEqual({recording.name(event) for event in waits}, {"list"})
                self.assertEqual({event.site.line for event in waits} - {0}, {8, 9}, recording.dump())

    def test_processes_in_processes(self):
        program = """
            import multiprocessing, sys

            def inner():
                pass

            def outer():
                child = multiprocessing.get_context(sys.argv[1]).Process(target=inner, name="inner")
                child.start()
                child.join()

            if __name__ == "__main__":
                child = multiprocessing.get_context(sys.argv[1]).Process(target=outer, name="outer")
                child.start()
                child.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method)
                self.assertEqual(recording.stderr, "")
                pids = {recording.name(event): event.arg for event in recording.of("process_create")}
                self.assertEqual(begin_of(recording, pids["inner"]).arg, pids["outer"], recording.dump())
                self.assertEqual(begin_of(recording, pids["outer"]).arg, main_space(recording).pid)

    def test_children_fork_as_any_process_does(self):
        program = """
            import multiprocessing, os, sys

            def work():
                for number in range(2):
                    pid = os.fork()
                    if pid == 0:
                        os._exit(number)
                    os.waitpid(pid, 0)

            if __name__ == "__main__":
                child = multiprocessing.get_context(sys.argv[1]).Process(target=work, name="the child")
                child.start()
                child.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method)
                self.assertEqual((recording.returncode, recording.stderr), (0, ""))
                (pid,) = [event.arg for event in recording.of("process_create") if recording.name(event) == "the child"]
                forks = [event for event in recording.of("process_create", "os.fork") if event.space.pid == pid]
                self.assertEqual(len(forks), 2, recording.dump())
                self.assertEqual([begin_of(recording, fork.arg).flags for fork in forks], [1, 1])
                self.assertEqual([begin_of(recording, fork.arg).arg for fork in forks], [pid, pid])

    def test_children_record_without_the_environment(self):
        program = """
            import multiprocessing, os

            def work():
                print(sorted(name for name in os.environ if name.startswith("INTERLEAVE")))

            if __name__ == "__main__":
                for name in list(os.environ):
                    if name.startswith("INTERLEAVE") or name == "PYTHONPATH":
                        del os.environ[name]
                child = multiprocessing.get_context("spawn").Process(target=work, name="the child")
                child.start()
                child.join()
        """
        recording = record_program(program)
        self.assertEqual((recording.stdout, recording.stderr), ("[]\n", ""))
        (pid,) = [event.arg for event in recording.of("process_create") if recording.name(event) == "the child"]
        begin = begin_of(recording, pid)
        self.assertEqual((begin.flags, begin.arg), (HOW["spawn"], main_space(recording).pid))

    def test_killed_child_leaves_what_it_did_and_no_end(self):
        program = """
            import multiprocessing, os, signal

            def work():
                multiprocessing.Lock().acquire()
                os.kill(os.getpid(), signal.SIGKILL)

            if __name__ == "__main__":
                child = multiprocessing.get_context("fork").Process(target=work, name="the child")
                child.start()
                child.join()
                print(child.exitcode)
        """
        recording = record_program(program)
        self.assertEqual((recording.stdout, recording.stderr), ("-9\n", ""))
        (pid,) = [event.arg for event in recording.of("process_create")]
        kinds = [event.kind for event in recording.events if event.space.pid == pid]
        self.assertIn("acquire", kinds)
        self.assertNotIn("process_end", kinds)

    def test_daemon_ends_with_its_parent(self):
        program = """
            import multiprocessing

            def work(connection):
                connection.send("here")
                connection.recv()

            if __name__ == "__main__":
                ours, theirs = multiprocessing.Pipe()
                multiprocessing.Process(target=work, args=(theirs,), name="daemon", daemon=True).start()
                print(ours.recv())
        """
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "here\n", ""))
        (pid,) = [event.arg for event in recording.of("process_create") if recording.name(event) == "daemon"]
        kinds = [event.kind for event in recording.events if event.space.pid == pid]
        self.assertIn("signal", kinds)
        self.assertNotIn("process_end", kinds)

    def test_name_given_later(self):
        program = """
            import multiprocessing

            def work():
                multiprocessing.current_process().name = "new name"

            if __name__ == "__main__":
                child = multiprocessing.Process(target=work)
                child.start()
                child.join()
        """
        recording = record_program(program)
        self.assertIn("new name", [recording.name(event) for event in recording.of("process_begin")])

    def test_functions_of_the_main_file_are_recorded_in_children(self):
        program = """
            import multiprocessing, sys

            def inner(number):
                return sum(range(number))

            def work():
                print(inner(1000), flush=True)

            if __name__ == "__main__":
                child = multiprocessing.get_context(sys.argv[1]).Process(target=work, name="the child")
                child.start()
                child.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method, spans=True)
                self.assertEqual((recording.stdout, recording.stderr), ("499500\n", ""))
                (pid,) = [event.arg for event in recording.of("process_create") if recording.name(event) == "the child"]
                spans = [event.site.function for event in recording.of("enter") if event.space.pid == pid]
                self.assertEqual([name for name in spans if name != "<module>"], ["work", "inner"], recording.dump())

    def test_sentinel_is_the_process(self):
        program = """
            import multiprocessing
            from multiprocessing.connection import wait

            if __name__ == "__main__":
                child = multiprocessing.Process(target=print, args=("hello",))
                child.start()
                print(wait([child.sentinel]) == [child.sentinel], flush=True)
                child.join()
        """
        recording = record_program(program)
        self.assertEqual(sorted(recording.stdout.split()), ["True", "hello"])
        created = recording.of("process_create")[-1].object
        self.assertEqual([event.object for event in recording.of("got", "multiprocessing.connection.wait")], [created])

    def test_join_that_gives_up(self):
        program = """
            import multiprocessing

            def work(connection):
                connection.recv()

            if __name__ == "__main__":
                ours, theirs = multiprocessing.Pipe()
                child = multiprocessing.Process(target=work, args=(theirs,))
                child.start()
                child.join(timeout=0.01)
                ours.send(None)
                child.join()
        """
        recording = record_program(program)
        outcomes = [event.outcome for event in recording.of("got", "multiprocessing.Process.join")]
        self.assertEqual(outcomes, ["timeout", "ok"])
        self.assertEqual(recording.of("wait", "multiprocessing.Process.join")[0].flags, 1)


if __name__ == "__main__":
    unittest.main()
