"""When lines run: what is told of them, in which thread, and how often."""

from __future__ import annotations

import os
import unittest
from collections import Counter

from support import record_program

SAMPLED, SAME_RUN = 1, 2


class Lines(unittest.TestCase):
    def record(self, program, **more):
        recording = record_program(program, spans=True, lines=True, **more)
        self.assertEqual(recording.returncode, 0, recording.stderr)
        self.assertEqual(recording.of("fault"), [])
        self.assertEqual(recording.holes, 0)
        return recording

    def lines(self, recording, function):
        """The lines of a function in the order in which they ran; with `+` where the same run goes on."""
        return [
            "%d%s" % (event.site.line, "+" if event.flags & SAME_RUN else "")
            for event in recording.of("line")
            if event.site.function == function
        ]

    def check(self, program, expected, function="work", **more):
        self.assertEqual(self.lines(self.record(program, **more), function), expected.split())

    def test_branches_and_loops(self):
        self.check(
            """
            def work(values):
                '''Doc.'''
                total = 0; more = 1
                for value in values:
                    if value > 2:
                        continue
                    elif value == 1:
                        total += (
                            value)
                    else: total -= 1
                else:
                    total += 1
                while total: total -= 1
                return total
            work([1, 2, 3])
            """,
            "4 5 6 8 9 5 6 8 11 5 6 7 5 13 14 14 15",
        )

    def test_with_and_exceptions(self):
        self.check(
            """
            import contextlib
            def work():
                with contextlib.suppress(KeyError):
                    a = 1
                with contextlib.suppress(KeyError):
                    raise KeyError
                try:
                    a = {}[1]
                except KeyError:
                    a = 2
                finally:
                    a = 3
                with contextlib.suppress(KeyError): return a
            work()
            """,
            "4 5 4+ 6 7 8 9 11 13 14",
        )

    def test_a_module_its_classes_and_decorators(self):
        self.check(
            """
            '''Doc.'''
            import functools
            class A(dict):
                '''Doc.'''
                x = 1
                @functools.lru_cache(
                    None)
                def method(self): pass
                if x:
                    z = x
            assert not [name for name in vars(A) if "interleave" in name]
            class B: pass
            """,
            "3 4 6 7 10 11 12 13",
            function="<module>",
        )

    def test_each_thread_is_told_of(self):
        recording = self.record("""
            import threading
            def work():
                x = 1
                return x
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads:
                thread.start()
                thread.join()
            work()
        """)
        owners = Counter(event.thread for event in recording.of("line") if event.site.function == "work")
        self.assertEqual(sorted(owners.values()), [2, 2, 2, 2])

    def test_a_generator_that_goes_on_in_another_thread(self):
        recording = self.record("""
            import threading
            def work():
                first = 1
                yield first
                second = 2
                yield second
            generator = work()
            next(generator)
            thread = threading.Thread(target=next, args=(generator,))
            thread.start()
            thread.join()
        """)
        owners = [(event.site.line, event.thread) for event in recording.of("line") if event.site.function == "work"]
        self.assertEqual([line for line, _ in owners], [4, 5, 6, 7])
        self.assertEqual(owners[0][1], owners[1][1])
        self.assertEqual(owners[2][1], owners[3][1])
        self.assertNotEqual(owners[1][1], owners[2][1])

    def test_a_forked_child_begins_anew(self):
        if not hasattr(os, "fork"):
            self.skipTest("no fork here")
        recording = self.record("""
            import os
            def work(n):
                for i in range(n):
                    x = i
                child = os.fork()
                if not child:
                    for i in range(n):
                        y = i
                    os._exit(0)
                os.waitpid(child, 0)
                return n
            work(1000)
        """)
        lines = [event for event in recording.of("line") if event.site.function == "work"]
        spaces = {event.space for event in lines}
        self.assertEqual(len(spaces), 2)
        child = next(event.space for event in lines if event.site.line == 9)
        self.assertEqual({event.site.line for event in lines if event.space == child}, {8, 9, 10, 7})
        self.assertGreaterEqual(sum(event.site.line == 9 and event.space == child for event in lines), 256)

    def test_a_hot_line_is_sampled(self):
        # It goes on until it has seen the supervisor's tick change so often, however busy the machine is.
        recording = self.record("""
            import os
            ticks = os.open(os.path.join(os.environ["INTERLEAVE_RUN"], "ticks"), os.O_RDONLY)
            def work():
                n = changes = 0
                before = os.pread(ticks, 1, 0)
                while n < 1000 or changes < 50:
                    n += 1
                    now = os.pread(ticks, 1, 0)
                    changes += now != before
                    before = now
                done = n
            work()
        """)
        hot = [event for event in recording.of("line") if event.site.line == 8]
        self.assertEqual([event.flags for event in hot[:256]], [0] * 256)
        self.assertEqual(hot[256].flags, SAMPLED)
        self.assertGreater(len(hot), 256 + 25)
        self.assertEqual([event.flags for event in recording.of("line") if event.site.line == 12], [0])

    def test_all_segments_of_a_stream_are_used(self):
        program = "def work(n):\n" + "    n += 1\n" * 100 + "    return n\nfor i in range(200):\n    work(i)\n"
        recording = self.record(program)
        lines = Counter(event.site.line for event in recording.of("line") if event.site.function == "work")
        self.assertEqual(set(lines.values()), {200})
        self.assertEqual(len(lines), 101)

    def test_a_run_that_reaches_its_limit_goes_on(self):
        program = (
            "def work(n):\n" + "    n += 1\n" * 100 + "    return n\nfor i in range(200):\n    work(i)\nprint('end')\n"
        )
        recording = self.record(program, limit_bytes=128 * 1024)
        self.assertEqual(recording.stdout, "end\n")
        self.assertGreater(recording.dropped, 0)

    def test_a_rare_line_of_a_hot_function_is_told(self):
        recording = self.record("""
            def work(n):
                if n == 5000:
                    n = 0
                return n
            for i in range(10000):
                work(i)
        """)
        self.assertEqual(len([event for event in recording.of("line") if event.site.line == 4]), 1)


if __name__ == "__main__":
    unittest.main()
