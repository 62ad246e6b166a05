"""Function spans: what is recorded, where, with which end, and when a function is muted."""

from __future__ import annotations

import os
import unittest

from support import record_program


class Spans(unittest.TestCase):
    def record(self, program, **more):
        recording = record_program(program, spans=True, **more)
        self.assertEqual(recording.returncode, 0, recording.stderr)
        self.assertEqual(recording.of("fault"), [])
        return recording

    def steps(self, recording, *names):
        """(kind, function, outcome, goes on) of the spans, in order; only of these functions when any are given."""
        return [
            (event.kind, event.site.function, event.outcome, bool(event.flags & 1))
            for event in recording.events
            if event.kind in ("enter", "leave") and (not names or event.site.function in names)
        ]

    def test_begin_and_end_with_their_place(self):
        recording = self.record("""
            class Account:
                def deposit(self, amount):
                    '''Doc.'''
                    return self.check(
                        amount)

                @staticmethod
                def check(
                    amount,
                ):
                    return amount

            def outer():
                def inner():
                    return Account().deposit(1) if True else None
                return inner()

            outer()
        """)
        names = ["outer", "outer.<locals>.inner", "Account.deposit", "Account.check"]
        self.assertEqual(
            self.steps(recording),
            [("enter", name, "ok", False) for name in names] + [("leave", name, "ok", False) for name in names[::-1]],
        )
        sites = {event.site.function: event.site for event in recording.of("enter")}
        self.assertEqual({site.file for site in sites.values()}, {"program.py"})
        self.assertTrue(all(site.whole for site in sites.values()))
        places = {name: (site.line, site.end_line, site.column) for name, site in sites.items()}
        self.assertEqual(
            places,
            {
                "Account.deposit": (3, 6, 4),
                "Account.check": (9, 12, 4),
                "outer": (14, 17, 0),
                "outer.<locals>.inner": (15, 16, 4),
            },
        )

    def test_exceptions(self):
        recording = self.record("""
            def fails():
                raise ValueError
            def passes_on():
                fails()
            def catches():
                try:
                    passes_on()
                except ValueError:
                    return 1
            catches()
        """)
        self.assertEqual(
            self.steps(recording)[3:],
            [
                ("leave", "fails", "failed", False),
                ("leave", "passes_on", "failed", False),
                ("leave", "catches", "ok", False),
            ],
        )

    def test_generators_by_their_steps(self):
        recording = self.record("""
            def counts():
                yield 1
                got = yield 2
                return 3

            def delegates():
                yield from counts()

            def early():
                yield 1
                yield 2

            list(delegates())
            for _ in early():
                break
            def thrown():
                try:
                    yield 1
                except KeyError:
                    pass
                yield 2
            generator = thrown()
            next(generator)
            generator.throw(KeyError)
            try:
                generator.throw(ValueError)
            except ValueError:
                pass
        """)
        steps = [(kind, goes_on) for kind, _, _, goes_on in self.steps(recording, "counts")]
        self.assertEqual(
            steps,
            [("enter", False), ("leave", True), ("enter", True), ("leave", True), ("enter", True), ("leave", False)],
        )
        self.assertEqual(
            [step[:2] + step[3:] for step in self.steps(recording, "delegates", "counts")][:4],
            [
                ("enter", "delegates", False), ("leave", "delegates", True),
                ("enter", "counts", False), ("leave", "counts", True),
            ],
        )  # fmt: skip
        self.assertEqual(self.steps(recording, "early")[-1], ("leave", "early", "ok", False))
        self.assertEqual(self.steps(recording, "thrown")[-1], ("leave", "thrown", "failed", False))
        for name in ("counts", "delegates", "early", "thrown"):
            kinds = [kind for kind, _, _, _ in self.steps(recording, name)]
            self.assertEqual(kinds, ["enter", "leave"] * (len(kinds) // 2), name)

    def test_coroutines_belong_to_their_tasks(self):
        recording = self.record("""
            import asyncio

            async def work(number):
                await asyncio.sleep(0)
                if number == 1:
                    await asyncio.sleep(60)

            async def produce():
                yield 1
                await asyncio.sleep(0)
                yield 2

            async def main():
                tasks = [asyncio.ensure_future(work(number)) for number in range(2)]
                await tasks[0]
                tasks[1].cancel()
                await asyncio.wait(tasks)
                return [each async for each in produce()]

            asyncio.run(main())
        """)
        spans = [event for event in recording.of("enter") + recording.of("leave") if event.site.function == "work"]
        self.assertEqual(len({event.task for event in spans}), 2)
        self.assertNotIn(0, {event.task for event in spans})
        outcomes = sorted(outcome for kind, _, outcome, _ in self.steps(recording, "work") if kind == "leave")
        self.assertEqual(outcomes, ["cancelled", "ok"])
        self.assertEqual(
            [(kind, goes_on) for kind, _, _, goes_on in self.steps(recording, "produce")],
            [("enter", False), ("leave", True), ("enter", True), ("leave", True), ("enter", True), ("leave", False)],
        )

    def test_threads_have_their_own(self):
        recording = self.record("""
            import threading
            barrier = threading.Barrier(3)
            def work():
                barrier.wait()
                part()
            def part():
                pass
                return 1
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
        """)
        for name in ("work", "part"):
            events = [event for event in recording.of("enter") if event.site.function == name]
            self.assertEqual(len(events), 3)
            self.assertEqual(len({event.thread for event in events}), 3)
        self.assertEqual(len(recording.of("leave")), 6)

    def test_short_functions_are_muted_and_long_ones_are_not(self):
        recording = self.record("""
            import time
            def short(x):
                return x
            def long():
                end = time.perf_counter() + 0.0001
                while time.perf_counter() < end:
                    pass
            def calls():
                for each in range(30_000):
                    short(each)
                for each in range(1500):
                    long()
            calls()
        """)
        muted = recording.of("muted")
        self.assertEqual([event.site.function for event in muted], ["short"])
        recorded = len(self.steps(recording, "short")) // 2
        self.assertEqual(muted[0].object, recorded)
        self.assertLess(recorded, 2000)
        self.assertGreater(recorded, 200)
        self.assertGreater(muted[0].arg, 0)
        self.assertEqual(len(self.steps(recording, "long")), 3000)

    def test_a_budget_that_is_renewed_or_used_up_leaves_no_place_empty(self):
        recording = self.record("""
            import time

            def short():
                return 1

            def long():
                time.sleep(0.0001)

            for _ in range(5000):
                short()
            for _ in range(300):
                long()
        """)
        self.assertEqual([event.site.function for event in recording.of("muted")], ["short"])
        self.assertEqual(recording.holes, 0)

    def test_recursion_is_muted_and_every_span_ends(self):
        recording = self.record("""
            def fib(n):
                return n if n < 2 else fib(n - 1) + fib(n - 2)
            print(fib(20))
        """)
        self.assertEqual(recording.stdout, "6765\n")
        self.assertEqual(len(recording.of("muted")), 1)
        self.assertEqual(len(recording.of("enter")), len(recording.of("leave")))

    def test_long_generators_are_muted(self):
        recording = self.record("""
            def numbers():
                for number in range(50_000):
                    yield number
            print(sum(numbers()))
        """)
        self.assertEqual(recording.stdout, "1249975000\n")
        self.assertEqual([event.site.function for event in recording.of("muted")], ["numbers"])
        self.assertLess(len(recording.of("leave")), 3000)

    @unittest.skipUnless(hasattr(os, "fork"), "needs os.fork")
    def test_a_forked_child_has_its_own_budget(self):
        recording = self.record("""
            import os
            def short(): return 1
            def calls():
                for _ in range(3000): short()
            calls()
            child = os.fork()
            if not child:
                calls()
                os._exit(0)
            os.waitpid(child, 0)
        """)
        muted = recording.of("muted")
        self.assertEqual(len({event.space.pid for event in muted}), 2)
        self.assertEqual({event.site.function for event in muted}, {"short"})

    def test_other_code_is_left_alone(self):
        recording = self.record(
            """
            import json, helper, site_helper
            def looks(): return locals()
            def jit(function): return function
            @jit
            def compiled(x): return x
            looks(), compiled(1), json.dumps({"a": [1]}), helper.work(), site_helper.work()
            (lambda: 1)()
            """,
            files={"helper.py": "def work(): return 1\n", "site-packages/site_helper.py": "def work(): return 2\n"},
            env={"PYTHONPATH": os.pathsep.join(["site-packages"])},
        )
        self.assertEqual(
            [(event.site.file, event.site.function) for event in recording.of("enter")],
            [("program.py", "jit"), ("helper.py", "work")],
        )

    def test_installed_packages_when_asked_for(self):
        recording = self.record(
            "import site_helper, json\nsite_helper.work()\njson.dumps([1])\n",
            files={"site-packages/site_helper.py": "def work(): return 2\n"},
            env={"PYTHONPATH": "site-packages"},
            packages=True,
        )
        self.assertEqual([event.site.file for event in recording.of("enter")], ["site_helper.py"])

    def test_many_records_over_several_segments(self):
        recording = self.record("""
            import time
            def long():
                end = time.perf_counter() + 0.00003
                while time.perf_counter() < end:
                    pass
            def calls():
                for _ in range(9000):
                    long()
            calls()
        """)
        self.assertEqual(recording.dropped, 0)
        self.assertEqual(len(recording.of("enter")), 9001)
        self.assertEqual(len(recording.of("leave")), 9001)


if __name__ == "__main__":
    unittest.main()
