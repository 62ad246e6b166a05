"""Start, stop and end of a run, also when the program makes it hard."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import unittest

from support import record_program, run_plain

SAYS_WHEN_READY = """
import os, signal, subprocess, sys, time
def ready(): open(os.environ["READY"], "w").close()
"""


def when_ready(do):
    """For `during`: calls do(process, folder) once the program has made the file READY."""

    def during(process, folder):
        file = os.path.join(os.path.dirname(folder), "ready")
        while not os.path.exists(file) and process.poll() is None:
            time.sleep(0.005)
        do(process, folder)

    return during


def record(program, do=lambda process, folder: None, **more):
    """Records a program that calls ready() when it wants something to happen to it."""
    lines = SAYS_WHEN_READY + program
    return record_program(
        lines.replace('os.environ["READY"]', "os.path.join(os.environ['INTERLEAVE_RUN'], '..', 'ready')"),
        during=when_ready(do), **more,
    )  # fmt: skip


def alive(pid):
    try:
        with open("/proc/%d/stat" % pid) as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


class Stop(unittest.TestCase):
    def test_stop_ends_the_program_and_its_children(self):
        recording = record(
            """
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
orphan = subprocess.Popen(["sh", "-c", "sleep 60 & echo $!"], stdout=subprocess.PIPE)
print(os.getpid(), child.pid, int(orphan.stdout.readline()), flush=True)
ready()
time.sleep(60)
""",
            lambda process, folder: process.send_signal(signal.SIGTERM),
        )
        self.assertEqual(recording.returncode, -signal.SIGTERM)
        self.assertEqual((recording.end["how"], recording.end["exitCode"]), ("stopped", -signal.SIGTERM))
        self.assertEqual([alive(int(pid)) for pid in recording.stdout.split()], [False, False, False])

    def test_who_ignores_stop_is_killed(self):
        began = time.monotonic()
        recording = record(
            """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    print(os.getpid(), flush=True)
    ready()
    while True: time.sleep(60)
while True: time.sleep(60)
""",
            lambda process, folder: process.send_signal(signal.SIGTERM),
        )
        self.assertEqual(recording.returncode, -signal.SIGKILL)
        self.assertEqual(recording.end["how"], "stopped")
        self.assertFalse(alive(int(recording.stdout)))
        self.assertGreater(time.monotonic() - began, 1.9)

    def test_a_program_may_handle_stop(self):
        recording = record(
            """
def stop(*_):
    print("tidied up", flush=True)
    sys.exit(4)
signal.signal(signal.SIGTERM, stop)
ready()
time.sleep(60)
""",
            lambda process, folder: process.send_signal(signal.SIGTERM),
        )
        self.assertEqual((recording.returncode, recording.stdout, recording.end["how"]), (4, "tidied up\n", "stopped"))

    def test_interrupt_is_the_programs(self):
        def interrupt(process, folder):
            process.send_signal(signal.SIGINT)
            # As the terminal does: to all of the group, which here is the program's pid from its file.
            names = [name for name in os.listdir(folder) if name.endswith(".seg")]
            os.kill(int(names[0].split("-")[0]), signal.SIGINT)

        recording = record(
            """
try:
    ready()
    time.sleep(60)
except KeyboardInterrupt:
    print("interrupted")
""",
            interrupt,
        )
        self.assertEqual((recording.returncode, recording.stdout, recording.end["how"]), (0, "interrupted\n", "exited"))

    def test_signal_to_the_own_group_does_not_stop_the_run(self):
        recording = record("""
signal.signal(signal.SIGTERM, lambda *_: print("got it", flush=True))
os.kill(os.getppid(), signal.SIGTERM)
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(0.1)
print("on", flush=True)
""")
        self.assertEqual((recording.returncode, recording.stdout, recording.end["how"]), (0, "got it\non\n", "exited"))


class Hardships(unittest.TestCase):
    def test_deleted_run_folder(self):
        recording = record(
            """
import threading
ready()
lock = threading.Lock()
end = time.monotonic() + 0.3
while time.monotonic() < end:
    with lock: pass
    threading.Thread(target=int).start()
print("done")
sys.exit(6)
""",
            lambda process, folder: shutil.rmtree(folder),
            cores="exact",
        )
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (6, "done\n", ""))

    def test_many_forked_children(self):
        recording = record_program("""
            import os, threading
            lock = threading.Lock()
            pids = []
            for i in range(200):
                pid = os.fork()
                if pid == 0:
                    with lock: pass
                    os._exit(i % 7)
                pids.append(pid)
            print(sum(os.waitpid(pid, 0)[1] >> 8 for pid in pids))
        """)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "594\n", ""))
        self.assertEqual(len(recording.of("process_begin")), 201)
        self.assertEqual(len(recording.of("acquire", "threading.Lock")), 200)

    def test_closed_descriptors_and_another_directory(self):
        recording = record_program("""
            import os, threading
            os.chdir("/")
            os.closerange(3, 1000)
            lock = threading.Lock()
            for _ in range(20000):
                with lock: pass
            os.write(1, b"written\\n")
            os.closerange(0, 3)
            with lock: pass
        """, cores="exact")  # fmt: skip
        self.assertEqual((recording.returncode, recording.stdout), (0, "written\n"))
        self.assertEqual(len(recording.of("acquire")), 20001)

    def test_limit_is_kept_and_told(self):
        recording = record_program("""
            import threading
            lock = threading.Lock()
            for _ in range(20000):
                with lock: pass
            print("on")
        """, limit_bytes=256 * 1024)  # fmt: skip
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), (0, "on\n", ""))
        self.assertGreater(recording.dropped, 30000)
        self.assertEqual(recording.of("dropped")[-1].arg, 256 * 1024)

    def test_killed_program_keeps_what_it_recorded(self):
        recording = record_program("""
            import os, signal, threading
            with threading.Lock(): os.kill(os.getpid(), signal.SIGKILL)
        """)
        self.assertEqual((recording.returncode, recording.end["how"]), (-9, "killed"))
        self.assertEqual([len(recording.of(kind)) for kind in ("acquire", "process_end")], [1, 0])

    def test_survivors_live_on(self):
        program = """
            import subprocess, sys
            child = subprocess.Popen(["sleep", "0.5"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            print("gone")
        """
        began = time.monotonic()
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout), run_plain(program)[:2])
        self.assertLess(time.monotonic() - began, 20)

    def test_wrong_folder_is_told(self):
        import subprocess

        from support import SUPERVISOR

        done = subprocess.run([sys.executable, "-I", "-S", SUPERVISOR, "/nowhere"], stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot read what to run from /nowhere: ", done.stderr)


class Restart(unittest.TestCase):
    def test_exec_of_another_python_is_recorded(self):
        recording = record_program("""
            import os, sys
            if len(sys.argv) == 1: os.execv(sys.executable, [sys.executable, __file__, "again"])
            print(sys.argv[1:])
        """)
        self.assertEqual((recording.returncode, recording.stdout), (0, "['again']\n"))
        self.assertEqual([event.flags for event in recording.of("process_begin")], [0, 4])


if __name__ == "__main__":
    unittest.main()
