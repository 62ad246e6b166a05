"""Executors: jobs from submit to result, in threads, processes and interpreters, and the waits for them."""

from __future__ import annotations

import sys
import unittest

from interleave_rt.versions import gil_enabled
from marks import Marked
from support import run_plain

# Sets an event once somebody sleeps until the future is done, so nothing depends on luck.
WHEN_WAITED = """
import threading, time

def when_waited(future, event):
    def run():
        while not (future._condition._waiters or any(one.event._cond._waiters for one in future._waiters)):
            time.sleep(0.001)
        event.set()
    threading.Thread(target=run).start()
"""


class ThreadPools(unittest.TestCase):
    def test_job_and_wait_for_its_result(self) -> None:
        program = Marked(
            """
            import concurrent.futures, threading
            from waited import when_waited

            go = threading.Event()

            def work():
                go.wait()
                return 1

            pool = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="worker")  # @made
            future = pool.submit(work)                            # @submit
            when_waited(future, go)
            future.result()                                       # @result
            future.result()                                       # @again
            pool.shutdown()                                       # @shutdown
        """,
            files={"waited.py": WHEN_WAITED},
        ).check(self)
        pool = program.one(self, "made", "object", "concurrent.futures.ThreadPoolExecutor")
        self.assertEqual(program.recording.name(pool), "pool")
        submit = program.one(self, "submit", "job_submit")
        (begin,) = program.recording.of("job_begin")
        (end,) = program.recording.of("job_end")
        worker = program.thread(self, "worker_0")
        self.assertEqual((submit.arg, begin.object, end.object), (pool.object, submit.object, submit.object))
        self.assertEqual((begin.thread, end.thread, end.outcome), (worker, worker, "ok"))
        self.assertEqual((program.recording.text(begin.space, begin.arg), begin.site.function), ("work", "work"))
        wait, got = program.wait(self, "result", "concurrent.futures.Future.result")
        self.assertEqual((wait.object, got.arg), (submit.object, worker))
        self.assertEqual(program.at("again", "wait"), [])
        wait, _ = program.wait(self, "shutdown", "concurrent.futures.Executor.shutdown")
        self.assertEqual(wait.object, pool.object)
        idle = program.recording.of("wait", "concurrent.futures.ThreadPoolExecutor.idle")
        # With threads that really run at once the pool may be shut down before the worker had to wait.
        self.assertLessEqual({(event.thread, event.object) for event in idle}, {(worker, pool.object)})
        self.assertTrue(idle or not gil_enabled())

    def test_failed_cancelled_timed_out(self) -> None:
        program = Marked("""
            import concurrent.futures, threading

            go = threading.Event()

            def fail():
                raise KeyError

            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                bad = pool.submit(fail)                           # @bad
                print(type(bad.exception()))
                busy = pool.submit(go.wait)                       # @busy
                waiting = pool.submit(print, "never")             # @waiting
                print(waiting.cancel())                           # @cancel
                try:
                    busy.result(timeout=0.01)                     # @late
                except concurrent.futures.TimeoutError:
                    print("late")
                go.set()
        """).check(self)
        bad, busy, waiting = (program.one(self, mark, "job_submit").object for mark in ("bad", "busy", "waiting"))
        outcomes = {event.object: event.outcome for event in program.recording.of("job_end")}
        self.assertEqual(outcomes, {bad: "failed", busy: "ok"})
        self.assertEqual(program.one(self, "cancel", "signal", "concurrent.futures.Future.cancel").object, waiting)
        begin, _ = program.wait(self, "late", "concurrent.futures.Future.result", "timeout")
        self.assertEqual((begin.object, begin.flags & 1), (busy, 1))

    def test_wait_as_completed_map(self) -> None:
        program = Marked(
            """
            import concurrent.futures, threading
            from waited import when_waited

            events = [threading.Event() for _ in range(3)]

            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                future = pool.submit(events[0].wait)
                when_waited(future, events[0])
                concurrent.futures.wait([future])                 # @wait
                future = pool.submit(events[1].wait)
                when_waited(future, events[1])
                for done in concurrent.futures.as_completed([future]):  # @completed
                    done.result()
                submit = pool.submit

                def submit_and_watch(*call):
                    future = submit(*call)
                    when_waited(future, events[2])
                    return future

                pool.submit = submit_and_watch
                for result in pool.map(lambda event: event.wait(), events[2:]):  # @map
                    pass
        """,
            files={"waited.py": WHEN_WAITED},
        ).check(self)
        (worker,) = {event.thread for event in program.recording.of("job_begin")}
        for mark, operation in (
            ("wait", "concurrent.futures.wait"),
            ("completed", "concurrent.futures.as_completed"),
            ("map", "concurrent.futures.Future.result"),
        ):
            _, end = program.wait(self, mark, operation)
            self.assertEqual(end.arg, worker, mark)

    @unittest.skipIf(sys.version_info < (3, 14), "InterpreterPoolExecutor is new in Python 3.14")
    def test_interpreter_pool(self) -> None:
        program = Marked("""
            import concurrent.futures, math

            if __name__ == "__main__":
                with concurrent.futures.InterpreterPoolExecutor(1) as pool:  # @made
                    print(pool.submit(math.sqrt, 4).result())     # @submit
        """).check(self)
        self.assertEqual(program.stdout, "2.0\n")
        pool = program.one(self, "made", "object", "concurrent.futures.InterpreterPoolExecutor")
        self.assertEqual(program.one(self, "submit", "job_submit").arg, pool.object)
        self.assertEqual(len(program.recording.of("job_begin")), 1)


class ProcessPools(unittest.TestCase):
    def test_jobs_in_every_way_to_start_a_process(self) -> None:
        for method in ("fork", "spawn", "forkserver"):
            with self.subTest(method):
                program = Marked(
                    """
                    import concurrent.futures, multiprocessing

                    def square(number):
                        return number * number

                    def fail():
                        raise KeyError("no")

                    if __name__ == "__main__":
                        context = multiprocessing.get_context("METHOD")
                        with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
                            print(pool.submit(square, 3).result())  # @good
                            print(repr(pool.submit(fail).exception()))  # @bad
                            print(list(pool.map(square, range(4), chunksize=2)))  # @map
                """.replace("METHOD", method)
                ).check(self)
                self.assertEqual(program.stdout, "9\nKeyError('no')\n[0, 1, 4, 9]\n")
                recording = program.recording
                submits = recording.of("job_submit")
                begins = {event.object: event for event in recording.of("job_begin")}
                ends = {event.object: event for event in recording.of("job_end")}
                self.assertEqual([e.object for e in submits], list(begins), recording.dump())
                self.assertEqual(list(ends), list(begins))
                (worker,) = {event.space for event in begins.values()}
                self.assertNotEqual(worker.pid, submits[0].space.pid)
                names = [recording.text(event.space, event.arg) for event in begins.values()]
                self.assertEqual(names, ["square", "fail", "square", "square"])
                self.assertEqual([event.outcome for event in ends.values()], ["ok", "failed", "ok", "ok"])
                good = program.one(self, "good", "job_submit")
                self.assertEqual(good.object, submits[0].object)
                idle = recording.of("wait", "concurrent.futures.ProcessPoolExecutor.idle")
                self.assertEqual({event.space for event in idle}, {worker})

    def test_wait_for_a_process(self) -> None:
        program = Marked(
            """
            import concurrent.futures, multiprocessing
            from waited import when_waited

            def begin(event):
                global go
                go = event

            def work():
                return go.wait()

            if __name__ == "__main__":
                event = multiprocessing.Event()
                with concurrent.futures.ProcessPoolExecutor(1, initializer=begin, initargs=(event,)) as pool:
                    future = pool.submit(work)                    # @submit
                    when_waited(future, event)
                    print(future.result())                        # @result
        """,
            files={"waited.py": WHEN_WAITED},
        ).check(self)
        self.assertEqual(program.stdout, "True\n")
        begin, end = program.wait(self, "result", "concurrent.futures.Future.result")
        self.assertEqual(begin.object, program.one(self, "submit", "job_submit").object)
        ended = [event for event in program.recording.of("job_end") if event.object == begin.object]
        self.assertLess(ended[0].time, end.time)

    def test_asyncio_waits_for_a_process(self) -> None:
        program = Marked("""
            import asyncio, concurrent.futures

            def work():
                return 7

            async def main():
                loop = asyncio.get_running_loop()
                with concurrent.futures.ProcessPoolExecutor(1) as pool:
                    print(await loop.run_in_executor(pool, work))  # @await

            if __name__ == "__main__":
                asyncio.run(main())
        """).check(self)
        begin, _ = program.wait(self, "await", "asyncio.run_in_executor")
        self.assertEqual(begin.object, program.one(self, "await", "job_submit").object)


class SameAsPlain(unittest.TestCase):
    PROGRAMS = {
        "traceback of a result": """
            import concurrent.futures

            def fail():
                raise ValueError("here")

            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                failed = pool.submit(fail)
                concurrent.futures.wait([failed])
                failed.result()
        """,
        "remote traceback": """
            import concurrent.futures, sys, traceback

            def fail():
                raise ValueError("here")

            if __name__ == "__main__":
                with concurrent.futures.ProcessPoolExecutor(1) as pool:
                    print(pool.submit(fail).exception().__cause__)
        """,
        "what cannot be pickled": """
            import concurrent.futures, re

            if __name__ == "__main__":
                with concurrent.futures.ProcessPoolExecutor(1) as pool:
                    error = pool.submit(lambda: 1).exception()
                    print(type(error), re.sub("0x[0-9a-f]*", "", str(error)))
        """,
        "initializer": """
            import concurrent.futures

            def begin(value):
                global given
                given = value

            def tell():
                return given

            if __name__ == "__main__":
                with concurrent.futures.ProcessPoolExecutor(1, initializer=begin, initargs=(4,)) as pool:
                    print(pool.submit(tell).result())
                with concurrent.futures.ThreadPoolExecutor(1, initializer=begin, initargs=(5,)) as pool:
                    print(pool.submit(tell).result())
        """,
        "misuse": """
            import concurrent.futures

            pool = concurrent.futures.ThreadPoolExecutor(1)
            pool.shutdown()
            for wrong in (lambda: pool.submit(print), lambda: concurrent.futures.ThreadPoolExecutor(0), pool.submit):
                try:
                    wrong()
                except Exception as error:
                    print(type(error), error)
            print(pool._work_queue.__class__.__name__, concurrent.futures.Future())
        """.replace(", concurrent.futures.Future())", ")"),
        "futures die as they do": """
            import concurrent.futures, weakref

            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                future = pool.submit(int)
                future.result()
                gone = weakref.ref(future)
                concurrent.futures.wait([pool.submit(int)])
                del future
                print(gone())
        """,
    }

    def test_output(self) -> None:
        for name, source in self.PROGRAMS.items():
            with self.subTest(name):
                recording = Marked(source).recording
                found = recording.returncode, recording.stdout, recording.stderr.replace("code/", "")
                code, out, err = run_plain(source)
                self.assertEqual(found, (code, out, err.replace("code/", "")))


if __name__ == "__main__":
    unittest.main()
