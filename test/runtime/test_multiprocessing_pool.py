"""`multiprocessing.pool`: jobs from their submission to their result, waits for them, and idle workers."""

from __future__ import annotations

import multiprocessing
import unittest

from support import GLOBAL_ID, record_program, run_plain

METHODS = multiprocessing.get_all_start_methods()

POOL = """
    import multiprocessing, multiprocessing.pool, sys

    def double(number):
        return number * 2

    def add(a, b):
        return a + b

    def fail():
        raise ValueError("no")

    if __name__ == "__main__":
        if sys.argv[1] == "threads":
            pool = multiprocessing.pool.ThreadPool(2)
        else:
            pool = multiprocessing.get_context(sys.argv[1]).Pool(2)
        print(pool.map(double, range(6), chunksize=3))
        print(pool.apply(double, (5,)))
        print(pool.starmap(add, [(1, 2)]))
        print(list(pool.imap(double, [7, 8])))
        later = pool.apply_async(double, (9,))
        later.wait()
        print(later.get())
        try:
            pool.apply(fail)
        except ValueError as error:
            print("failed", error)
        pool.close()
        pool.join()
"""
OUTPUT = "[0, 2, 4, 6, 8, 10]\n10\n[3]\n[14, 16]\n18\nfailed no\n"


class Pool(unittest.TestCase):
    def test_jobs_from_submission_to_result(self):
        for method in [*METHODS, "threads"]:
            with self.subTest(method):
                recording = record_program(POOL, method)
                self.assertEqual((recording.stdout, recording.stderr), (OUTPUT, ""))
                self.assertEqual(recording.of("fault"), [])
                (pool,) = recording.of("object", "multiprocessing.Pool")
                self.assertEqual(recording.name(pool), "pool")
                submits, begins, ends = (recording.of(kind) for kind in ("job_submit", "job_begin", "job_end"))
                ids = [event.object for event in submits]
                self.assertEqual(len(ids), 8, recording.dump())
                self.assertEqual(len(set(ids)), 8)
                self.assertTrue(all(number >= GLOBAL_ID for number in ids))
                self.assertEqual(sorted(ids), sorted(event.object for event in begins))
                self.assertEqual(sorted(ids), sorted(event.object for event in ends))
                self.assertEqual({event.arg for event in submits}, {pool.object})
                # (line of the submission, function): the parts of a map are jobs of the function that is mapped.
                functions = {event.object: recording.text(event.space, event.arg) for event in begins}
                self.assertEqual(
                    sorted((event.site.line, functions[event.object]) for event in submits),
                    [
                        (18, "double"), (18, "double"), (19, "double"), (20, "add"), (21, "double"), (21, "double"),
                        (22, "double"), (26, "fail"),
                    ],
                )  # fmt: skip
                self.assertEqual({event.site.function for event in begins}, {"double", "add", "fail"})
                failed = [functions[event.object] for event in ends if event.outcome == "failed"]
                self.assertEqual(failed, ["fail"])
                for submit in submits:
                    (begin,) = [event for event in begins if event.object == submit.object]
                    (end,) = [event for event in ends if event.object == submit.object]
                    self.assertTrue(submit.time < begin.time < end.time)
                    self.assertEqual((begin.space, begin.thread), (end.space, end.thread))
                self.assertEqual(method == "threads", begins[0].space == pool.space)

    def test_waits_for_results(self):
        for method in [*METHODS, "threads"]:
            with self.subTest(method):
                recording = record_program(POOL, method)
                waits = [
                    (event.operation, event.site.line)
                    for event in recording.of("wait")
                    if event.space == recording.of("object", "multiprocessing.Pool")[0].space
                    and event.operation.startswith("multiprocessing")
                    and event.operation not in ("multiprocessing.Pool.idle", "multiprocessing.Pool.imap")
                ]
                self.assertEqual(
                    waits,
                    [
                        ("multiprocessing.Pool.map", 18),
                        ("multiprocessing.Pool.apply", 19),
                        ("multiprocessing.Pool.starmap", 20),
                        ("multiprocessing.AsyncResult.wait", 23),
                        ("multiprocessing.AsyncResult.get", 24),
                        ("multiprocessing.Pool.apply", 26),
                        ("multiprocessing.Pool.join", 30),
                    ],
                )
                jobs = {event.object for event in recording.of("job_submit")}
                for operation in ("Pool.map", "Pool.apply", "Pool.starmap", "AsyncResult.get"):
                    for got in recording.of("got", "multiprocessing." + operation):
                        self.assertIn(got.arg, jobs, recording.describe(got))
                idle = [event for event in recording.of("wait", "multiprocessing.Pool.idle") if event.object]
                self.assertGreaterEqual(len(idle), 8)
                workers = {(event.space.pid, event.thread) for event in idle}
                self.assertEqual(len(workers), 2)

    def test_pool_does_what_it_does_in_a_plain_run(self):
        program = """
            import multiprocessing, sys, time, traceback

            def fail(number):
                raise KeyError(number)

            def unsendable():
                return lambda: None

            def boom():
                raise OSError("initializer")

            if __name__ == "__main__":
                context = multiprocessing.get_context(sys.argv[1])
                with context.Pool(1) as pool:
                    for call in (lambda: pool.map(fail, [1]), lambda: pool.apply(unsendable)):
                        try:
                            call()
                        except Exception as error:
                            cause = error.__cause__
                            text = str(cause) if cause is not None else type(error).__name__
                            print("interleave_rt" in text, text.splitlines()[-1] if text else "")
                    slow = pool.apply_async(time.sleep, (30,))
                    try:
                        slow.get(timeout=0.01)
                    except multiprocessing.TimeoutError:
                        print("too slow")
        """
        for method in METHODS:
            with self.subTest(method):
                recording = record_program(program, method)
                plain = run_plain(program, method)
                self.assertEqual((recording.returncode, recording.stdout, recording.stderr), plain)
                (got,) = recording.of("got", "multiprocessing.AsyncResult.get")
                self.assertEqual(got.outcome, "timeout")

    def test_internals_stay_out_of_the_trace(self):
        program = """
            import multiprocessing

            def double(number):
                return number * 2

            if __name__ == "__main__":
                with multiprocessing.Pool(2) as pool:
                    pool.map(double, range(200), chunksize=1)
        """
        recording = record_program(program)
        self.assertEqual(len(recording.of("job_end")), 200)
        kinds = {event.operation for kind in ("wait", "acquire", "signal") for event in recording.of(kind)}
        self.assertLessEqual(
            kinds,
            {
                "multiprocessing.Pool.idle",
                "multiprocessing.Pool.map",
                "multiprocessing.server.idle",
                "threading.Thread.join",
            },
        )
        # The pool's own threads are idle all the time.
        main = recording.of("object", "multiprocessing.Pool")[0]
        idle = [event for event in recording.of("wait", "multiprocessing.Pool.idle") if event.space == main.space]
        self.assertEqual(len({event.thread for event in idle}), 3, recording.dump())
        self.assertEqual(len(idle), 3)


if __name__ == "__main__":
    unittest.main()
