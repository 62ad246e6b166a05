"""`os.fork` and its company: copies of this process, waits for them, and ways out without a word."""

from __future__ import annotations

import os
import re
import unittest

from support import record_program, run_plain


class Fork(unittest.TestCase):
    def record(self, program, **more):
        recording = record_program(program, **more)
        self.assertEqual(recording.of("fault"), [])
        return recording

    def test_child_and_its_end(self):
        program = """
            import os
            def work():
                os._exit(3)
            pid = os.fork()
            if pid == 0:
                work()
            print(os.WEXITSTATUS(os.waitpid(pid, 0)[1]))
        """
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "3\n", ""))
        (create,) = recording.of("process_create", "os.fork")
        (begin,) = [event for event in recording.of("process_begin") if event.flags == 1]
        self.assertEqual((begin.space.pid, begin.arg), (create.arg, create.space.pid))
        self.assertEqual(create.site.line, 5)
        (end,) = [event for event in recording.of("process_end") if event.space == begin.space]
        self.assertEqual((end.outcome, end.arg), ("failed", 3))
        (wait,) = recording.of("wait", "os.waitpid")
        (got,) = recording.of("got", "os.waitpid")
        self.assertEqual((wait.object, got.object, wait.site.line), (create.object, create.object, 8))

    def test_wait_for_any_child(self):
        program = """
            import os
            pids = set()
            for number in range(3):
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                pids.add(pid)
            print({os.wait()[0], os.waitpid(-1, 0)[0], os.wait3(0)[0]} == pids)
            try:
                os.wait()
            except ChildProcessError:
                print("none left")
            print(os.waitpid.__name__, os.fork, isinstance(os.fork, type(len)))
        """
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))
        gots = recording.of("got", "os.waitpid")
        self.assertEqual([event.outcome for event in gots], ["ok", "ok", "ok", "failed"])
        created = {event.object for event in recording.of("process_create", "os.fork")}
        self.assertEqual({event.object for event in gots[:3]}, created)

    def test_child_goes_on_with_what_the_parent_made(self):
        program = """
            import os, threading
            shared = threading.Lock()
            with shared:
                pass
            pid = os.fork()
            if pid == 0:
                with shared:
                    pass
                os._exit(0)
            os.waitpid(pid, 0)
        """
        recording = self.record(program)
        made = [event for event in recording.of("object", "threading.Lock") if recording.name(event) == "shared"]
        acquired = [event for event in recording.of("acquire") if event.object == made[0].object]
        self.assertEqual([event.site.line for event in acquired], [4, 8], recording.dump())
        self.assertEqual(len({event.space for event in acquired}), 2)
        self.assertEqual(recording.name(acquired[1]), "shared")

    def test_fork_in_a_thread(self):
        program = """
            import os, threading
            def work():
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                os.waitpid(pid, 0)
            thread = threading.Thread(target=work, name="forker")
            thread.start()
            thread.join()
        """
        recording = self.record(program)
        self.assertEqual(recording.returncode, 0)
        (create,) = recording.of("process_create", "os.fork")
        self.assertEqual(recording.thread_name(create), "forker")
        (begin,) = [event for event in recording.of("process_begin") if event.flags == 1]
        (thread,) = [event for event in recording.of("thread_begin") if event.space == begin.space]
        self.assertEqual(thread.flags & 1, 1, "the thread that forked is the child's main thread")

    def test_two_hundred_children(self):
        program = """
            import os
            pids = []
            for number in range(200):
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                pids.append(pid)
            for pid in pids:
                os.waitpid(pid, 0)
            print("all")
        """
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "all\n", ""))
        self.assertEqual(len(recording.of("process_begin")), 201)
        self.assertEqual(len(recording.of("process_end")), 201)

    def test_child_that_runs_to_the_end(self):
        program = """
            import atexit, os
            atexit.register(print, "bye", flush=True)
            pid = os.fork()
            if pid:
                os.waitpid(pid, 0)
        """
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))
        self.assertEqual(len(recording.of("process_end")), 2)

    def test_warnings_name_the_callers_line(self):
        program = """
            import os, subprocess, threading, warnings
            go = threading.Event()
            threading.Thread(target=go.wait).start()
            def fork():
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                os.waitpid(pid, 0)
            fork()
            go.set()
            warnings.simplefilter("always")
            subprocess.Popen(["true"], bufsize=1, stdin=subprocess.PIPE).communicate()
        """
        recording = self.record(program)
        _, _, stderr = run_plain(program)
        self.assertEqual(re.sub(r"pid=\d+", "", recording.stderr), re.sub(r"pid=\d+", "", stderr))

    def test_program_that_closes_all_descriptors(self):
        program = """
            import os, threading
            os.closerange(3, 200)
            files = [open(os.devnull) for _ in range(8)]
            lock = threading.Lock()
            for _ in range(20000):
                with lock:
                    pass
            print(all(os.fstat(file.fileno()) for file in files), [file.fileno() for file in files])
        """
        recording = self.record(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))
        self.assertEqual(len(recording.of("acquire", "threading.Lock")), 20000)

    def test_interrupted_family(self):
        program = """
            import os, signal, sys
            ready_out, ready_in = os.pipe()
            pid = os.fork()
            if pid == 0:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                try:
                    os.write(ready_in, b"x")
                    signal.pause()
                except KeyboardInterrupt:
                    print("child interrupted", flush=True)
                os._exit(0)
            os.read(ready_out, 1)
            os.kill(pid, signal.SIGINT)
            os.waitpid(pid, 0)
            os.kill(os.getpid(), signal.SIGINT)
        """
        recording = self.record(program)
        self.assertEqual(recording.stdout, "child interrupted\n")
        self.assertTrue(recording.stderr.rstrip().endswith("KeyboardInterrupt"), recording.stderr)
        self.assertNotIn("interleave", recording.stderr)
        self.assertEqual(len(recording.of("process_end")), 2)


if not hasattr(os, "fork"):
    del Fork


if __name__ == "__main__":
    unittest.main()
