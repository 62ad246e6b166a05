"""Queues: who waited for an item or for room, and who brought it."""

from __future__ import annotations

import unittest

from support import record_program

ALL = """
import queue, threading, time
def wait_for_wait(thread):
    while thread.is_alive():
        with open("/proc/self/task/%d/stat" % thread.native_id) as stat:
            if stat.read().rpartition(")")[2].split()[0] == "S":
                return
        time.sleep(0.001)
def when_waiting(wait, do, name):
    thread = threading.Thread(target=wait, name=name); thread.start(); wait_for_wait(thread); do(); thread.join()
first_in = queue.Queue(); last_in = queue.LifoQueue(); sorted_out = queue.PriorityQueue(); simple = queue.SimpleQueue()
for each in (first_in, last_in, sorted_out, simple):
    when_waiting(lambda: each.get(), lambda: each.put(1), "getter")
small = queue.Queue(1); small.put(1)
when_waiting(lambda: small.put(2), lambda: small.get(), "putter")
small.get()
def finish(): small.task_done(); small.task_done()
when_waiting(lambda: small.join(), finish, "joiner")
"""


class Queues(unittest.TestCase):
    def test_waits_and_who_ended_them(self):
        recording = record_program(ALL)
        self.assertEqual(recording.returncode, 0, recording.stderr)
        found = [
            (
                event.operation,
                recording.thread_name(event),
                recording.name(event),
                recording.name(event.space, event.arg),
            )
            for event in recording.of("got")
            if event.operation.startswith("queue.")
        ]
        self.assertEqual(found, [
            ("queue.Queue.get", "getter", "first_in", "MainThread"),
            ("queue.LifoQueue.get", "getter", "last_in", "MainThread"),
            ("queue.PriorityQueue.get", "getter", "sorted_out", "MainThread"),
            ("queue.SimpleQueue.get", "getter", "simple", "MainThread"),
            ("queue.Queue.put", "putter", "small", "MainThread"),
            ("queue.Queue.join", "joiner", "small", "MainThread"),
        ])  # fmt: skip
        self.assertEqual(len(recording.of("signal", "queue.Queue.task_done")), 2)
        self.assertEqual(len(recording.of("signal", "queue.Queue.put")), 3)

    def test_each_item_comes_from_who_put_it(self):
        recording = record_program("""
            import queue, threading
            items = queue.Queue(); turn = [threading.Event() for _ in range(3)]
            def put(number):
                items.put(number)
            got = queue.Queue()
            items.put("main")
            for number in range(3):
                thread = threading.Thread(target=put, args=(number,), name="putter %d" % number)
                thread.start(); thread.join()
            assert [items.get() for _ in range(3)] == ["main", 0, 1]
            def take(): got.put((items.get(), items.get()))
            thread = threading.Thread(target=take); thread.start()
            while not items.empty(): pass
            late = threading.Thread(target=put, args=("late",), name="late"); late.start()
            print(got.get()); thread.join()
        """)
        self.assertEqual(recording.stdout, "(2, 'late')\n", recording.stderr)
        by = [recording.name(event.space, event.arg) for event in recording.of("got", "queue.Queue.get")]
        self.assertIn(by[:1], (["late"], ["Thread-1 (take)"], ["Thread-1"]))

    def test_what_does_not_wait_is_no_wait(self):
        recording = record_program("""
            import queue
            for q in (queue.Queue(), queue.LifoQueue(1), queue.SimpleQueue()):
                q.put(1); q.get(); q.put_nowait(2); q.get_nowait()
                for call in (q.get_nowait, lambda: q.get(False), lambda: q.get(timeout=0)):
                    try: call()
                    except queue.Empty: print("empty")
            full = queue.Queue(1); full.put(1)
            for call in (lambda: full.put_nowait(2), lambda: full.put(2, False), lambda: full.put(2, timeout=0)):
                try: call()
                except queue.Full: print("full")
            try: full.get(timeout=-1)
            except ValueError as error: print(error)
        """)
        self.assertEqual(recording.stdout.split("\n")[:12], ["empty"] * 9 + ["full"] * 3, recording.stderr)
        self.assertEqual(recording.of("wait"), [])

    def test_timeouts(self):
        recording = record_program("""
            import queue
            empty = queue.Queue(); full = queue.Queue(1); full.put(1)
            for call in (lambda: empty.get(timeout=0.01), lambda: full.put(2, timeout=0.01), lambda: queue.SimpleQueue().get(timeout=0.01)):
                try: call()
                except (queue.Empty, queue.Full) as error: print(type(error).__name__)
        """)
        self.assertEqual(recording.stdout.split(), ["Empty", "Full", "Empty"])
        self.assertEqual(
            [event.operation for event in recording.of("got", outcome="timeout")],
            ["queue.Queue.get", "queue.Queue.put", "queue.SimpleQueue.get"],
        )

    def test_the_users_own_kinds(self):
        recording = record_program("""
            import pickle, queue, threading
            class Unique(queue.Queue):
                def _init(self, maxsize): self.items = set()
                def _qsize(self): return len(self.items)
                def _put(self, item): self.items.add(item)
                def _get(self): return self.items.pop()
            class Lazy(queue.Queue):
                def __init__(self): pass
            class Quick(queue.SimpleQueue): pass
            unique = Unique(); unique.put(1); unique.put(1); quick = Quick(); quick.put(2)
            print(unique.qsize(), unique.get(), quick.get(), isinstance(quick, queue.SimpleQueue), Lazy().__dict__)
            print(type(pickle.loads(pickle.dumps(queue.SimpleQueue))()), queue.SimpleQueue.__module__)
            thread = threading.Thread(target=unique.get); thread.start(); unique.put(3); thread.join()
        """)
        self.assertEqual(recording.stdout, "1 1 2 True {}\n<class '_queue.SimpleQueue'> _queue\n", recording.stderr)

    def test_simple_queue_may_be_used_by_finalizers(self):
        recording = record_program("""
            import itertools, queue
            q = queue.SimpleQueue(); numbers = itertools.count(); results = []
            class Circular:
                def __init__(self): self.circular = self
                def __del__(self): q.put(next(numbers))
            while True:
                o = Circular()
                q.put(next(numbers))
                del o
                results.append(q.get())
                if results[-1] >= 3000: break
            print(results == list(range(3001)))
        """)
        self.assertEqual((recording.stdout, recording.stderr), ("True\n", ""))


if __name__ == "__main__":
    unittest.main()
