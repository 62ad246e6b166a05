"""Locks, conditions, events, queues and pipes between processes: one id everywhere, one wait for each operation."""

from __future__ import annotations

import multiprocessing
import unittest

from support import GLOBAL_ID, record_program, run_plain

METHODS = multiprocessing.get_all_start_methods()


def pid_of(recording, name):
    (pid,) = [event.arg for event in recording.of("process_create") if recording.name(event) == name]
    return pid


def kinds(recording, made):
    """What happened to an object, in order."""
    return [event.kind for event in recording.events if event.object == made.object and event.kind != "object"]


class Sync(unittest.TestCase):
    def record(self, program, method):
        recording = record_program(program, method)
        self.assertEqual((recording.returncode, recording.stderr), (0, ""), recording.dump())
        self.assertEqual(recording.of("fault"), [])
        return recording

    def test_lock_is_one_thing_in_all_processes(self):
        program = """
            import multiprocessing, sys

            def child(lock, connection):
                connection.send(lock.acquire(timeout=0.02))  # The parent has it.
                connection.recv()
                with lock:
                    pass

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                guard = context.Lock()
                ours, theirs = context.Pipe()
                process = context.Process(target=child, args=(guard, theirs), name="child")
                with guard:
                    process.start()
                    print(ours.recv())
                ours.send(None)
                process.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                self.assertEqual(recording.stdout, "False\n")
                child = pid_of(recording, "child")
                (made,) = recording.of("object", "multiprocessing.Lock")
                self.assertEqual(recording.name(made), "guard")
                self.assertEqual(made.site.line, 12)
                self.assertGreaterEqual(made.object, GLOBAL_ID)
                mine = [event for event in recording.events if event.object == made.object and event.kind != "object"]
                self.assertEqual(
                    [(event.kind, event.outcome, event.space.pid == child) for event in mine],
                    [
                        ("acquire", "ok", False),
                        ("wait", "ok", True),
                        ("got", "timeout", True),
                        ("release", "ok", False),
                        ("acquire", "ok", True),
                        ("release", "ok", True),
                    ],
                    recording.dump(),
                )
                self.assertEqual({event.operation for event in mine}, {"multiprocessing.Lock"})
                self.assertEqual([event.site.line for event in mine if event.kind == "wait"], [5])

    def test_kinds_of_locks(self):
        program = """
            import multiprocessing, sys

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                again = context.RLock()
                with again:
                    with again:
                        pass
                places = context.Semaphore(1)
                places.acquire()
                print(places.acquire(False))
                places.release()
                bounded = context.BoundedSemaphore(1)
                with bounded:
                    pass
                number = context.Value("i", 0)
                with number.get_lock():
                    number.value += 1
                row = context.Array("i", 3)
                with row:
                    row[0] = 1
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                objects = {recording.name(event): event for event in recording.of("object")}

                self.assertEqual(objects["again"].operation, "multiprocessing.RLock")
                self.assertEqual(kinds(recording, objects["again"]), ["acquire", "release"])
                self.assertEqual(objects["places"].operation, "multiprocessing.Semaphore")
                self.assertEqual(kinds(recording, objects["places"]), ["acquire", "got", "release"])
                self.assertEqual(
                    [event.outcome for event in recording.of("got", "multiprocessing.Semaphore")], ["refused"]
                )
                self.assertEqual(objects["bounded"].operation, "multiprocessing.BoundedSemaphore")
                self.assertEqual(objects["number"].operation, "multiprocessing.Value.get_lock")
                self.assertEqual(kinds(recording, objects["number"]), ["acquire", "release"])
                self.assertEqual(objects["row"].operation, "multiprocessing.Array.get_lock")
                self.assertEqual(kinds(recording, objects["row"]), ["acquire", "release"])

    def test_condition(self):
        program = """
            import multiprocessing, sys

            def child(changed, connection):
                with changed:
                    connection.send("has it")
                    changed.wait()

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                changed = context.Condition()
                ours, theirs = context.Pipe()
                process = context.Process(target=child, args=(changed, theirs), name="child")
                process.start()
                ours.recv()
                with changed:  # Only when the child waits, it has given the lock away.
                    changed.notify()
                process.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                child = pid_of(recording, "child")
                (wait,) = recording.of("wait", "multiprocessing.Condition.wait")
                (got,) = recording.of("got", "multiprocessing.Condition.wait")
                (signal,) = recording.of("signal", "multiprocessing.Condition.notify")
                self.assertEqual({wait.object, got.object, signal.object}, {wait.object})
                self.assertEqual((wait.space.pid, wait.site.line, got.outcome), (child, 7, "ok"))
                self.assertEqual(signal.site.line, 17)
                self.assertTrue(wait.time < signal.time < got.time)
                # The wait gives the lock away and has it again in the end.
                kinds = [
                    event.kind
                    for event in recording.events
                    if event.space.pid == child and event.operation == "multiprocessing.RLock"
                ]
                self.assertEqual(kinds, ["acquire", "release", "acquire", "release"], recording.dump())

    def test_event_and_barrier(self):
        program = """
            import multiprocessing, sys

            def child(opened, together, connection):
                connection.send(opened.wait(timeout=0.01))
                opened.wait()
                together.wait()

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                opened, together = context.Event(), context.Barrier(2)
                ours, theirs = context.Pipe()
                process = context.Process(target=child, args=(opened, together, theirs), name="child")
                process.start()
                print(ours.recv())
                opened.set()
                together.wait()
                process.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                self.assertEqual(recording.stdout, "False\n")
                (set_,) = recording.of("signal", "multiprocessing.Event.set")
                gots = recording.of("got", "multiprocessing.Event.wait")
                self.assertEqual([event.outcome for event in gots], ["timeout", "ok"])
                self.assertEqual({event.object for event in gots}, {set_.object})
                self.assertTrue(gots[0].time < set_.time < gots[1].time)
                barrier = recording.of("wait", "multiprocessing.Barrier.wait")
                self.assertEqual({event.space.pid for event in barrier}, {set_.space.pid, pid_of(recording, "child")})
                self.assertEqual(len({event.object for event in barrier}), 1)
                self.assertEqual(recording.of("wait", "threading.Barrier.wait"), [])
                # Nothing of what they are made of.
                self.assertEqual(recording.of("acquire"), [])

    def test_queues(self):
        program = """
            import multiprocessing, queue, sys

            def child(calls, answers):
                for call in iter(calls.get, None):
                    answers.put(call * 2)
                    calls.task_done()
                calls.task_done()

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                short = context.Queue(1)
                try:
                    short.get(timeout=0.01)
                except queue.Empty:
                    print("empty")
                try:
                    short.get_nowait()
                except queue.Empty:
                    print("empty")
                short.put(1)
                try:
                    short.put(2, timeout=0.01)
                except queue.Full:
                    print("full")
                print(short.get())
                calls = context.JoinableQueue()
                answers = context.SimpleQueue()
                process = context.Process(target=child, args=(calls, answers), name="child")
                process.start()
                for number in (1, 2, None):
                    calls.put(number)
                calls.join()
                print(answers.get(), answers.get())
                process.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                self.assertEqual(recording.stdout.split(), ["empty", "empty", "full", "1", "2", "4"])
                objects = {recording.name(event): event.object for event in recording.of("object")}
                gets = recording.of("got", "multiprocessing.Queue.get")
                self.assertEqual([event.outcome for event in gets], ["timeout", "refused", "ok"])
                self.assertEqual({event.object for event in gets}, {objects["short"]})
                puts = recording.of("got", "multiprocessing.Queue.put")
                self.assertEqual([event.outcome for event in puts], ["timeout"])
                self.assertEqual(len(recording.of("signal", "multiprocessing.Queue.put")), 1)
                child = pid_of(recording, "child")
                taken = recording.of("got", "multiprocessing.JoinableQueue.get")
                self.assertEqual([event.space.pid for event in taken], [child] * 3)
                self.assertEqual({event.object for event in taken}, {objects["calls"]})
                self.assertEqual(len(recording.of("signal", "multiprocessing.JoinableQueue.put")), 3)
                done = recording.of("signal", "multiprocessing.JoinableQueue.task_done")
                self.assertEqual([event.space.pid for event in done], [child] * 3)
                (joined,) = recording.of("got", "multiprocessing.JoinableQueue.join")
                self.assertGreater(joined.time, done[-1].time)
                self.assertEqual(len(recording.of("signal", "multiprocessing.SimpleQueue.put")), 2)
                answers = recording.of("got", "multiprocessing.SimpleQueue.get")
                self.assertEqual([event.object for event in answers], [objects["answers"]] * 2)
                # Not the locks and pipes inside, nor those of the thread that feeds the pipe.
                self.assertEqual(recording.of("acquire"), [])
                self.assertEqual(recording.of("wait", "multiprocessing.Connection.recv"), [])
                inner = [event.operation for event in recording.of("wait") if event.operation.startswith("threading")]
                # At its end a process waits for that thread, which is a fact about the program.
                self.assertEqual(set(inner) - {"threading.Thread.join"}, set())

    def test_pipe_ends_have_one_id(self):
        program = """
            import multiprocessing, sys

            def child(connection):
                connection.send(connection.recv() + 1)

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                ours, theirs = context.Pipe()
                process = context.Process(target=child, args=(theirs,), name="child")
                process.start()
                print(ours.poll(0.01))
                ours.send(1)
                print(ours.poll(60), ours.recv())
                process.join()
        """
        for method in METHODS:
            with self.subTest(method):
                recording = self.record(program, method)
                self.assertEqual(recording.stdout, "False\nTrue 2\n")
                child = pid_of(recording, "child")
                sends = recording.of("signal", "multiprocessing.Connection.send")
                receives = recording.of("got", "multiprocessing.Connection.recv")
                self.assertEqual([event.space.pid == child for event in sends], [False, True])
                self.assertEqual([event.space.pid == child for event in receives], [True, False])
                (made,) = recording.of("object", "multiprocessing.Connection.recv")
                self.assertEqual({event.object for event in sends + receives}, {made.object})
                polls = recording.of("got", "multiprocessing.Connection.poll")
                self.assertEqual([event.outcome for event in polls], ["timeout", "ok"])

    def test_shared_memory_works(self):
        program = """
            import multiprocessing, sys
            from multiprocessing import shared_memory

            def child(name):
                memory = shared_memory.SharedMemory(name=name)
                memory.buf[0] = 7
                memory.close()

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                memory = shared_memory.SharedMemory(create=True, size=10)
                process = context.Process(target=child, args=(memory.name,))
                process.start()
                process.join()
                print(memory.buf[0])
                memory.close()
                memory.unlink()
        """
        for method in ("fork", "forkserver"):
            with self.subTest(method):
                self.assertEqual(self.record(program, method).stdout, "7\n")

    def test_interrupted_wait_prints_the_traceback_of_a_plain_run(self):
        program = """
            import multiprocessing, signal, sys

            def interrupted(wait):
                signal.signal(signal.SIGALRM, signal.default_int_handler)
                signal.setitimer(signal.ITIMER_REAL, 0.05)
                wait()

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                lock = context.Lock()
                lock.acquire()
                for thing in (context.Queue(), context.SimpleQueue(), context.JoinableQueue(), lock, context.Event()):
                    wait = thing.acquire if thing is lock else getattr(thing, "get", None) or thing.wait
                    process = context.Process(target=interrupted, args=(wait,), name="child")
                    process.start()
                    process.join()
                    print(process.exitcode, flush=True)
        """
        recording = record_program(program, "fork")
        code, stdout, stderr = run_plain(program, "fork")
        self.assertEqual((recording.returncode, recording.stdout), (code, stdout))
        self.assertEqual(recording.stderr, stderr)
        self.assertEqual(recording.stderr.count("KeyboardInterrupt"), 5)

    def test_nothing_lives_longer(self):
        program = """
            import gc, multiprocessing, weakref

            class Program:
                def run(self):
                    lock = multiprocessing.Lock()
                    with lock:
                        pass
                    queue = multiprocessing.SimpleQueue()
                    queue.put(1)
                    queue.get()
                    process = multiprocessing.Process(target=print)
                    things = [weakref.ref(lock), weakref.ref(queue), weakref.ref(process)]
                    del lock, queue, process
                    gc.collect()
                    print([thing() for thing in things])

            Program().run()
        """
        recording = record_program(program)
        self.assertEqual((recording.stdout, recording.stderr), ("[None, None, None]\n", ""))

    def test_signal_handler_inside_a_wait_is_recorded(self):
        program = """
            import multiprocessing, os, signal

            def child(connection, done):
                connection.recv()
                os.kill(os.getppid(), signal.SIGUSR1)
                done.wait()

            if __name__ == "__main__":
                done = multiprocessing.Event()
                signal.signal(signal.SIGUSR1, lambda *_: done.set())
                ours, theirs = multiprocessing.Pipe()
                process = multiprocessing.get_context("fork").Process(target=child, args=(theirs, done))
                process.start()
                ours.send(None)
                process.join()
                print("joined")
        """
        recording = record_program(
            program.replace("multiprocessing.Event", 'multiprocessing.get_context("fork").Event')
        )
        self.assertEqual((recording.stdout, recording.stderr), ("joined\n", ""))
        (set_,) = recording.of("signal", "multiprocessing.Event.set")
        self.assertEqual(set_.site.function, "<lambda>")


if __name__ == "__main__":
    unittest.main()
