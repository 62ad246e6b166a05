"""Locks, conditions, semaphores, events and barriers: what is recorded of them, and that nobody can tell."""

from __future__ import annotations

import unittest

from support import record_program, run_plain

# `hold` releases what it holds once the system says that the taker sleeps, so nothing depends on luck.
CONTENDED = """
import threading, time

class Cache:
    def __init__(self):
        self._lock = threading.Lock()
        self._again = threading.RLock()
        self._changed = threading.Condition()

cache = Cache()
slots = threading.Semaphore(1)
ready = threading.Event()
meeting = threading.Barrier(2)

def wait_for_wait(thread):
    # The thread sleeps in the kernel once it waits.
    while thread.is_alive():
        with open("/proc/self/task/%d/stat" % thread.native_id) as stat:
            if stat.read().rpartition(")")[2].split()[0] == "S":
                return
        time.sleep(0.001)

def hold(enter, leave, take):
    enter()
    thread = threading.Thread(target=take, name="taker")
    thread.start()
    wait_for_wait(thread)
    leave()
    thread.join()

def take_lock():
    with cache._lock:                                  # line 32
        pass

def take_again():
    with cache._again:
        with cache._again:
            pass

def take_slot():
    slots.acquire()
    slots.release()

hold(cache._lock.acquire, cache._lock.release, take_lock)
hold(cache._again.acquire, cache._again.release, take_again)
hold(slots.acquire, slots.release, take_slot)
hold(lambda: None, ready.set, lambda: ready.wait())

def change():
    with cache._changed:
        cache._changed.notify()

with cache._changed:
    threading.Thread(target=change, name="changer").start()
    cache._changed.wait()

late = threading.Thread(target=lambda: meeting.wait(), name="early")
late.start()
wait_for_wait(late)
meeting.wait()
late.join()
"""


class Contention(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.recording = record_program(CONTENDED)
        assert cls.recording.returncode == 0, cls.recording.stderr

    def expect_wait(self, operation, name, thread, holder, ender):
        found = self.recording
        waits = [event for event in found.of("wait", operation) if found.thread_name(event) == thread]
        gots = [event for event in found.of("got", operation) if found.thread_name(event) == thread]
        self.assertEqual([(len(waits), len(gots))], [(1, 1)], found.dump())
        wait, got = waits[0], gots[0]
        self.assertEqual(found.name(wait), name)
        self.assertEqual(wait.object, got.object)
        self.assertEqual(found.name(wait.space, wait.arg), holder)
        self.assertEqual((got.outcome, found.name(got.space, got.arg)), ("ok", ender))
        self.assertEqual(wait.site.file, "program.py")
        return wait

    def test_lock_says_who_holds_it_and_who_released_it(self):
        wait = self.expect_wait("threading.Lock", "Cache._lock", "taker", "MainThread", "MainThread")
        self.assertEqual((wait.site.function, wait.site.line), ("take_lock", 32))

    def test_reentrant_lock_is_recorded_once(self):
        wait = self.expect_wait("threading.RLock", "Cache._again", "taker", "MainThread", "MainThread")
        releases = [event for event in self.recording.of("release") if event.object == wait.object]
        self.assertEqual([self.recording.thread_name(event) for event in releases], ["MainThread", "taker"])

    def test_semaphore_of_one(self):
        self.expect_wait("threading.Semaphore", "slots", "taker", "MainThread", "MainThread")

    def test_event_says_who_set_it(self):
        self.expect_wait("threading.Event.wait", "ready", "taker", "", "MainThread")

    def test_condition_says_who_notified(self):
        self.expect_wait("threading.Condition.wait", "Cache._changed", "MainThread", "", "changer")

    def test_barrier_says_who_came_last(self):
        self.expect_wait("threading.Barrier.wait", "meeting", "early", "", "MainThread")

    def test_release_has_a_site_only_when_somebody_waits(self):
        locks = {event.object for event in self.recording.of("object", "threading.Lock")}
        sites = [event.site is not None for event in self.recording.of("release") if event.object in locks]
        self.assertEqual(sites, [True, False])

    def test_the_librarys_own_locks_are_not_recorded(self):
        made = [event.operation for event in self.recording.of("object")]
        self.assertEqual(
            sorted(made),
            [
                "threading.Barrier.wait", "threading.Condition.wait", "threading.Event.wait", "threading.Lock",
                "threading.RLock", "threading.RLock", "threading.Semaphore",
            ],
        )  # fmt: skip


class Outcomes(unittest.TestCase):
    def test_giving_up_is_a_timeout(self):
        recording = record_program("""
            import threading
            lock = threading.Lock(); again = threading.RLock(); slots = threading.BoundedSemaphore(1)
            event = threading.Event(); condition = threading.Condition(lock)
            lock.acquire(); slots.acquire()
            assert not lock.acquire(timeout=0.01)
            assert not slots.acquire(timeout=0.01)
            assert not event.wait(0.01)
            assert not condition.wait(0.01)
            again.acquire()
            thread = threading.Thread(target=lambda: again.acquire(timeout=0.01))
            thread.start(); thread.join()
            barrier = threading.Barrier(2)
            try: barrier.wait(0.01)
            except threading.BrokenBarrierError: print("broken")
        """)
        self.assertEqual((recording.stdout, recording.stderr), ("broken\n", ""))
        self.assertEqual(
            [event.operation for event in recording.of("got", outcome="timeout")],
            [
                "threading.Lock", "threading.BoundedSemaphore", "threading.Event.wait", "threading.Condition.wait",
                "threading.RLock", "threading.Barrier.wait",
            ],
        )  # fmt: skip
        self.assertTrue(all(event.flags & 1 for event in recording.of("wait") if "join" not in event.operation))

    def test_what_does_not_wait_is_no_wait(self):
        recording = record_program("""
            import threading
            lock = threading.Lock(); event = threading.Event(); slots = threading.Semaphore(3)
            event.wait(0); event.set(); event.wait()
            lock.acquire(); lock.acquire(False); lock.acquire(timeout=0); lock.release()
            with slots, slots: slots.acquire(blocking=False)
        """)
        self.assertEqual(recording.of("wait"), [])
        self.assertEqual(
            [event.operation for event in recording.of("acquire")], ["threading.Lock"] + ["threading.Semaphore"] * 3
        )

    def test_a_second_import_of_struct_changes_nothing(self):
        # Before 3.10 that changes the class of the error at the end of a segment.
        recording = record_program("""
            import sys, threading
            for name in ("struct", "_struct"): sys.modules.pop(name, None)
            import struct
            lock, again = threading.Lock(), threading.RLock()
            for _ in range(1500):
                with lock: pass
                with again: pass
        """)
        self.assertEqual((recording.returncode, recording.stderr), (0, ""))
        self.assertEqual(len(recording.of("release")), 3000)

    def test_interrupted_wait_leaves_the_lock_as_it_was(self):
        recording = record_program("""
            import signal, threading, time
            lock = threading.Lock(); lock.acquire()
            signal.signal(signal.SIGALRM, lambda *a: 1 / 0)
            for take in (lock.__enter__, lock.acquire):
                signal.setitimer(signal.ITIMER_REAL, 0.02)
                try: take()
                except ZeroDivisionError: print("interrupted")
            lock.release()
            with lock: print("free", lock.locked())
        """)
        self.assertEqual(recording.stdout, "interrupted\ninterrupted\nfree True\n", recording.stderr)
        self.assertEqual(len(recording.of("got", outcome="failed")), 2)


TRANSPARENCY = """
import _thread, copy, inspect, pickle, sys, threading, weakref

def error(call, *args):
    try: return call(*args)
    except BaseException as e: return "%s: %s" % (type(e).__name__, e)

lock, again = threading.Lock(), threading.RLock()
print(type(lock), type(again), isinstance(lock, _thread.LockType), isinstance(again, type(threading.RLock())))
print(repr(lock)[:30], repr(again).split(" at ")[0])
with lock: print(repr(lock)[:28])
print(callable(threading.Lock), threading.Lock.__module__, threading.Lock.__name__)
for thing in (lock, again):
    for call in (pickle.dumps, copy.copy, copy.deepcopy):
        print(error(call, thing))
    print(weakref.ref(thing)() is thing, thing.__class__ is type(thing), hasattr(thing, "__dict__"))
    print(sorted(name for name in dir(thing) if not name.startswith("_")))
    print(error(thing.release), error(thing.acquire, False, 1), error(thing.acquire, True, -2))
    print(error(thing.acquire, True, 1e12))
print(error(lambda: type("X", (type(lock),), {})))
class Mine(type(again)):
    def __init__(self, name): self.name = name
mine = Mine("mine")
with mine: print(mine.name, isinstance(mine, type(again)), isinstance(again, Mine))
print(pickle.loads(pickle.dumps(threading.Lock)) is threading.Lock)
print(error(threading.Lock, 1) if sys.version_info >= (3, 13) else error(type(lock)))
condition = threading.Condition(lock)
print(error(condition.wait), error(condition.notify), repr(condition).split(" at ")[0])
with condition:
    print(condition.wait(0.001), condition._is_owned())
print(condition._is_owned())
with again, again:
    condition = threading.Condition(again)
    print(condition.wait(0.001), again._is_owned())
for function in (
    threading.Condition.wait, threading.Semaphore.acquire, threading.Event.wait, threading.Barrier.wait,
    threading.Thread.start, threading.Thread.join, threading.Thread.__init__, threading.Timer.__init__,
    threading.Condition.__init__, threading.Semaphore.release, threading.BoundedSemaphore.release, threading.RLock,
):
    print(function.__module__, function.__qualname__, inspect.signature(function), hasattr(function, "__wrapped__"))
    print(inspect.getdoc(function))
print(threading.Semaphore.__enter__ is threading.Semaphore.acquire)
print(error(threading.BoundedSemaphore(1).release), error(threading.Semaphore, -1), error(threading.Semaphore().acquire, False, 1))
print(threading.main_thread().name, threading.current_thread() is threading.main_thread(), threading.active_count())
"""


class Transparency(unittest.TestCase):
    maxDiff = None

    def test_locks_look_as_in_a_plain_run(self):
        recording = record_program(TRANSPARENCY)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(TRANSPARENCY))

    def test_no_frame_of_ours_in_tracebacks(self):
        program = """
            import queue, signal, threading, time, traceback
            lock, again, event = threading.Lock(), threading.RLock(), threading.Event()
            def interrupted(call, *args):
                signal.setitimer(signal.ITIMER_REAL, 0.05)
                call(*args)
            signal.signal(signal.SIGALRM, lambda *a: 1 / 0)
            held = threading.Lock(); held.acquire()
            for call in (
                lock.release, again.release, lambda: again.__exit__(None, None, None), threading.Condition().wait,
                threading.Condition().notify, lambda: threading.Thread().join(), lambda: lock.acquire(1, "x"),
                lambda: interrupted(event.wait), lambda: interrupted(held.acquire), lambda: interrupted(time.sleep, 9),
                lambda: interrupted(held.__enter__),
                lambda: queue.Queue().get_nowait(), lambda: queue.Queue().get(timeout=0.01),
                lambda: queue.SimpleQueue().get(timeout=0.01), lambda: time.sleep(-1),
            ):
                try: call()
                except BaseException: traceback.print_exc()
            held.release(); held.release()
        """
        recording = record_program(program)
        self.assertNotIn("interleave_rt", recording.stderr)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))

    def test_locks_work_in_a_forked_child(self):
        program = """
            import os, threading
            lock, again = threading.Lock(), threading.RLock()
            with lock, again:
                pid = os.fork()
                if pid == 0:
                    if hasattr(lock, "_at_fork_reinit"):
                        lock._at_fork_reinit(); again._at_fork_reinit()
                        with lock, again: pass
                    again.acquire(False)
                    os._exit(7)
            print(os.waitpid(pid, 0)[1] >> 8)
        """
        recording = record_program(program)
        self.assertEqual((recording.returncode, recording.stdout, recording.stderr), run_plain(program))


if __name__ == "__main__":
    unittest.main()
