"""Threads: units, names, starts, ends and joins."""

from __future__ import annotations

import unittest

from support import record_program

THREADS = """
import _thread, threading, time
def work(): pass
def fails(): raise ValueError("on purpose")
def leaves(): raise SystemExit(3)
class Own(threading.Thread):
    def run(self): work()
threading.excepthook = lambda args: None
threads = [
    threading.Thread(target=work, name="plain"), threading.Thread(target=fails, name="failing"),
    threading.Thread(target=leaves, name="leaving"), threading.Thread(target=work, name="ghost", daemon=True),
    Own(name="own"), threading.Timer(0.01, work),
]
threads[-1].name = "clock"
for thread in threads:
    thread.start()
    thread.join()
bare = threading.Event()
_thread.start_new_thread(lambda: bare.set(), ())
bare.wait(); time.sleep(0.05)
threading.main_thread().name = "the main one"
threading.current_thread().setName("the boss")
"""


class Threads(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.recording = record_program(THREADS)
        assert (cls.recording.returncode, cls.recording.stderr.replace("DeprecationWarning", "")[:0]) == (0, ""), (
            cls.recording.stderr
        )
        cls.units = {cls.recording.name(event): event for event in cls.recording.of("thread_create")}

    def test_each_is_created_begins_and_ends_once(self):
        created = [event.object for event in self.recording.of("thread_create")]
        begun = [event.object for event in self.recording.of("thread_begin")][1:]
        ended = [event.object for event in self.recording.of("thread_end")]
        self.assertEqual(sorted(created), sorted(begun))
        self.assertEqual(sorted(created), sorted(ended))
        self.assertEqual(len(created), 7)

    def test_names(self):
        names = {"plain", "failing", "leaving", "ghost", "own", "clock"}
        self.assertLessEqual(names, set(self.units))
        main = self.recording.of("thread_begin")[0]
        said = [event for event in self.recording.of("name") if event.object == main.object]
        self.assertEqual(
            [self.recording.text(event.space, event.arg) for event in said], ["MainThread", "the main one", "the boss"]
        )

    def test_outcomes(self):
        outcomes = {self.recording.name(event): event.outcome for event in self.recording.of("thread_end")}
        self.assertEqual({name for name, outcome in outcomes.items() if outcome == "failed"}, {"failing"})

    def test_sites(self):
        begins = {self.recording.name(event): event for event in self.recording.of("thread_begin")}
        self.assertEqual((begins["plain"].site.function, begins["plain"].site.whole), ("work", True))
        self.assertEqual((begins["clock"].site.function, begins["own"].site.function), ("work", "Own.run"))
        self.assertEqual(self.units["plain"].site.line, 16)

    def test_daemons_are_marked(self):
        daemons = {name for name, event in self.units.items() if event.flags & 2}
        self.assertIn("ghost", daemons)
        self.assertNotIn("plain", daemons)

    def test_join_is_for_the_thread_and_ended_by_it(self):
        timer = self.units["clock"].object
        wait = next(event for event in self.recording.of("wait", "threading.Thread.join") if event.object == timer)
        got = next(event for event in self.recording.of("got", "threading.Thread.join") if event.object == timer)
        self.assertEqual((wait.site.line, got.arg, got.outcome), (17, timer, "ok"))
        self.assertEqual(len(self.recording.of("wait", "threading.Timer")), 1)


class Others(unittest.TestCase):
    def test_the_end_waits_for_threads(self):
        recording = record_program("""
            import threading, time
            threading.Thread(target=time.sleep, args=(0.05,), name="last").start()
        """)
        wait = recording.of("wait", "threading.Thread.join")[-1]
        self.assertEqual((recording.name(wait), recording.thread_name(wait)), ("last", "MainThread"))

    def test_streams_are_used_again(self):
        recording = record_program("""
            import threading
            for _ in range(300):
                thread = threading.Thread(target=int); thread.start(); thread.join()
        """)
        self.assertEqual(len(recording.of("thread_end")), 300)
        self.assertLessEqual(len({event.thread >> 32 for event in recording.of("thread_begin")}), 1 + 2)

    def test_thread_of_unknown_origin(self):
        recording = record_program("""
            import ctypes, threading
            try: library = ctypes.CDLL(None); create = library.pthread_create
            except (OSError, AttributeError): raise SystemExit(print("none"))
            names = []
            @ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
            def work(_): names.append(threading.current_thread().name)
            handle = ctypes.c_ulong()
            create(ctypes.byref(handle), None, work, None)
            library.pthread_join(handle, None)
            print(names[0].split("-")[0])
        """)
        if recording.stdout != "none\n":
            self.assertEqual(recording.stdout, "Dummy\n", recording.stderr)
            self.assertEqual(len([event for event in recording.of("thread_begin") if event.flags & 4]), 1)

    def test_forked_child_has_its_own_main_thread(self):
        recording = record_program("""
            import os, threading
            def work():
                pid = os.fork()
                if pid == 0:
                    threading.Thread(target=int, name="in child").start()
                    os._exit(0)
                os.waitpid(pid, 0)
            thread = threading.Thread(target=work, name="forker"); thread.start(); thread.join()
        """)
        child = recording.of("process_begin")[1]
        begins = [event for event in recording.of("thread_begin") if event.space == child.space]
        self.assertEqual([recording.name(event) for event in begins], ["forker", "in child"])
        self.assertEqual(len({event.object for event in recording.of("thread_begin")}), 4)


class Naming(unittest.TestCase):
    def test_objects_have_the_names_that_they_are_kept_under(self):
        recording = record_program("""
            import threading
            from threading import Lock
            top = Lock()
            class Shelf:
                shared = Lock()
                def __init__(self, key):
                    self._lock = Lock()
                    self.first = second = Lock()
                    local = Lock()
                    forks = [Lock() for _ in range(2)]
                    self.books = {key: Lock() for key in "a"}
                    forks[0] = Lock()
                    self.books["b"] = Lock()
                    print(Lock().locked())
            class Special(threading.Event):
                def __init__(self): super().__init__()
            shelf = Shelf("k")
            special = Special()
            shelf.extra = threading.Semaphore()
            left, right = Lock(), threading.Lock()
            one, two, three, four = Lock(), Lock(), Lock(), Lock()
            both = [Lock(), Lock()]
        """)
        self.assertEqual(
            [recording.name(event) for event in recording.of("object")],
            [
                "top", "Shelf.shared", "Shelf._lock", "Shelf.first", "local", "forks[]", "forks[]", "Shelf.books[]",
                "forks[0]", "Shelf.books['b']", "", "special", "shelf.extra", "left", "right", "one", "two", "three", "four",
                "both[]", "both[]",
            ],
        )  # fmt: skip
        special = next(event for event in recording.of("object") if recording.name(event) == "special")
        self.assertEqual(special.site.line, 19)


if __name__ == "__main__":
    unittest.main()
