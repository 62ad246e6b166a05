"""asyncio tasks: units, steps, what they wait for, who resumes and who cancels them."""

from __future__ import annotations

import sys
import unittest

from marks import Marked
from support import run_plain

AWAITS = """
import asyncio

async def child(event):
    await event.wait()

async def sleeper():
    await asyncio.sleep(0)               # @yield
    await asyncio.sleep(0.001)           # @sleep

async def parent():
    event = asyncio.Event()
    first = asyncio.ensure_future(child(event))          # @ensure
    second = asyncio.get_running_loop().create_task(child(event))          # @create
    await asyncio.sleep(0)
    event.set()
    await asyncio.gather(first, second)  # @gather
    third = asyncio.ensure_future(sleeper())
    await third                          # @task
    future = asyncio.get_running_loop().create_future()
    asyncio.ensure_future(setter(future))
    await future                         # @future
    await asyncio.wait([asyncio.ensure_future(sleep_one())])  # @wait
    for one in asyncio.as_completed([sleep_two()]):
        await one                        # @completed
    await asyncio.wait_for(asyncio.ensure_future(sleep_three()), 60)  # @wait_for

async def setter(future):
    future.set_result(1)

async def sleep_one():
    await asyncio.sleep(0.001)

async def sleep_two():
    await asyncio.sleep(0.001)

async def sleep_three():
    await asyncio.sleep(0.001)

asyncio.run(parent())                    # @run
"""


class Awaits(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.program = Marked(AWAITS)

    def setUp(self) -> None:
        self.program.check(self)

    def test_tasks_are_made_where_the_user_says(self) -> None:
        self.assertEqual(self.program.one(self, "ensure", "task_create").task, self.program.task(self, "parent"))
        self.program.one(self, "create", "task_create")
        made = self.program.at("run", "task_create")[0]
        self.assertEqual(self.program.recording.name(made), "Task-1")
        self.assertEqual(made.object, self.program.task(self, "parent"))

    def test_steps_begin_and_end_in_turn(self) -> None:
        open_steps = set()
        for event in self.program.recording.events:
            if event.kind == "step_begin":
                self.assertFalse(open_steps)
                open_steps.add(event.object)
            elif event.kind == "step_end":
                open_steps.remove(event.object)
        self.assertFalse(open_steps)

    def test_every_task_finishes_once(self) -> None:
        made = sorted(event.object for event in self.program.recording.of("task_create"))
        finished = sorted(e.object for e in self.program.recording.of("step_end", outcome="ok") if e.flags & 1)
        self.assertEqual(made, finished)

    def test_plain_yield_is_no_wait(self) -> None:
        self.program.one(self, "yield", "step_end", "asyncio.yield")
        self.assertEqual(self.program.at("yield", "wait"), [])

    def test_sleep(self) -> None:
        begin, end = self.program.wait(self, "sleep", "asyncio.sleep")
        self.assertEqual((begin.task, end.arg), (self.program.task(self, "sleeper"), 0))

    def test_awaited_task(self) -> None:
        sleeper = self.program.task(self, "sleeper")
        begin, end = self.program.wait(self, "task", "asyncio.Task")
        self.assertEqual((begin.object, end.arg), (sleeper, sleeper))

    def test_future_and_who_set_it(self) -> None:
        _, end = self.program.wait(self, "future", "asyncio.Future")
        self.assertEqual(end.arg, self.program.task(self, "setter"))
        resumed = [e for e in self.program.recording.of("step_begin") if e.arg == end.arg]
        self.assertEqual([e.object for e in resumed], [self.program.task(self, "parent")])

    def test_gather_wait_as_completed_wait_for(self) -> None:
        _, end = self.program.wait(self, "gather", "asyncio.gather")
        children = [self.program.one(self, mark, "task_create").object for mark in ("ensure", "create")]
        self.assertEqual(end.arg, children[1])
        for mark, operation, waker in (
            ("wait", "asyncio.wait", "sleep_one"),
            ("completed", "asyncio.as_completed", "sleep_two"),
            ("wait_for", "asyncio.wait_for", "sleep_three"),
        ):
            _, end = self.program.wait(self, mark, operation)
            self.assertEqual(end.arg, self.program.task(self, waker), operation)

    def test_idle_loop(self) -> None:
        idle = self.program.recording.of("wait", "asyncio.select")
        self.assertTrue(idle)
        self.assertEqual({event.task for event in idle}, {0})
        self.assertEqual(len(idle), len(self.program.recording.of("got", "asyncio.select")))


class Ends(unittest.TestCase):
    def test_outcomes_and_cancellation(self) -> None:
        program = Marked("""
            import asyncio

            async def good():
                pass

            async def bad():
                raise KeyError(1)

            async def stuck():
                await asyncio.get_running_loop().create_future()  # @stuck

            async def main():
                tasks = [asyncio.ensure_future(f()) for f in (good, bad, stuck)]
                await asyncio.sleep(0)
                tasks[2].cancel()                                 # @cancel
                await asyncio.gather(*tasks, return_exceptions=True)

            asyncio.run(main())
        """).check(self)
        outcomes = {e.object: e.outcome for e in program.recording.of("step_end") if e.flags & 1}
        found = {name: outcomes[program.task(self, name)] for name in ("good", "bad", "stuck")}
        self.assertEqual(found, {"good": "ok", "bad": "failed", "stuck": "cancelled"})
        signal = program.one(self, "cancel", "signal", "asyncio.Task.cancel")
        self.assertEqual((signal.object, signal.task), (program.task(self, "stuck"), program.task(self, "main")))
        _, end = program.wait(self, "stuck", "asyncio.Future", "cancelled")
        self.assertEqual(end.arg, program.task(self, "main"))

    def test_time_out(self) -> None:
        program = Marked("""
            import asyncio

            async def forever():
                await asyncio.get_running_loop().create_future()

            async def main():
                try:
                    await asyncio.wait_for(asyncio.ensure_future(forever()), 0.001)  # @limited
                except asyncio.TimeoutError:
                    print("late")

            asyncio.run(main())
        """).check(self)
        self.assertEqual(program.stdout, "late\n")
        begin = program.at("limited", "wait", "asyncio.wait_for")[0]
        ends = [e for e in program.recording.of("got", "asyncio.wait_for") if e.time > begin.time]
        self.assertEqual((begin.flags & 1, ends[0].outcome), (1, "timeout"))

    def test_names(self) -> None:
        program = Marked("""
            import asyncio

            async def work():
                await asyncio.sleep(0)

            async def main():
                task = asyncio.create_task(work(), name="given")
                late = asyncio.ensure_future(work())
                late.set_name("renamed")
                plain = asyncio.ensure_future(work())
                await asyncio.gather(task, late, plain)
                print(plain.get_name())

            asyncio.run(main())
        """).check(self)
        names = {program.recording.name(event) for event in program.recording.of("task_create")}
        self.assertLessEqual({"given", "renamed", program.stdout.strip()}, names)

    def test_custom_factory_and_direct_tasks(self) -> None:
        program = Marked("""
            import asyncio

            class Mine(asyncio.Task):
                pass

            async def work():
                await asyncio.sleep(0)

            async def direct():
                pass

            async def main():
                loop = asyncio.get_running_loop()
                loop.set_task_factory(lambda loop, coro, **more: Mine(coro, loop=loop, **more))
                await asyncio.ensure_future(work())
                await asyncio.Task(direct())                      # @direct
                python_task = getattr(asyncio.tasks, "_PyTask")
                await python_task(direct())                       # @python

            asyncio.run(main())
        """).check(self)
        python, direct = (program.one(self, mark, "task_create").object for mark in ("python", "direct"))
        for unit in (program.task(self, "work"), direct, python):
            steps = [e for e in program.recording.of("step_end") if e.object == unit]
            self.assertEqual([e.flags & 1 for e in steps][-1], 1)

    def test_waits_inside_of_asynchronous_generators(self) -> None:
        program = Marked("""
            import asyncio

            lock = None

            async def numbers():
                async with lock:                                  # @inside
                    yield 1

            async def main():
                global lock
                lock = asyncio.Lock()
                await lock.acquire()
                asyncio.get_running_loop().call_soon(lock.release)
                async for number in numbers():
                    print(number)

            asyncio.run(main())
        """).check(self)
        begin, _ = program.wait(self, "inside", "asyncio.Lock")
        self.assertEqual(begin.arg, program.task(self, "main"))

    @unittest.skipIf(sys.version_info < (3, 11), "asyncio.TaskGroup is new in Python 3.11")
    def test_task_group(self) -> None:
        program = Marked("""
            import asyncio

            async def work():
                await asyncio.sleep(0.001)

            async def main():
                async with asyncio.TaskGroup() as group:          # @group
                    group.create_task(work())                     # @create

            asyncio.run(main())
        """).check(self)
        program.one(self, "create", "task_create")
        _, end = program.wait(self, "group", "asyncio.TaskGroup")
        self.assertEqual(end.arg, program.task(self, "work"))

    @unittest.skipIf(sys.version_info < (3, 12), "eager tasks are new in Python 3.12")
    def test_eager_tasks(self) -> None:
        program = Marked("""
            import asyncio

            async def short():
                return 1

            async def longer(event):
                await event.wait()                                # @waits

            async def main():
                asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
                event = asyncio.Event()
                done = asyncio.create_task(short())               # @short
                task = asyncio.create_task(longer(event), name="later")  # @longer
                event.set()
                await task

            asyncio.run(main())
        """).check(self)
        short = program.one(self, "short", "task_create")
        self.assertEqual((short.flags & 1, short.task), (1, program.task(self, "main")))
        steps = [e.kind for e in program.recording.events if e.object == short.object and e.kind.startswith("step")]
        self.assertEqual(steps, ["step_begin", "step_end"])
        begin, end = program.wait(self, "waits", "asyncio.Event.wait")
        self.assertEqual((begin.task, end.arg), (program.task(self, "later"), program.task(self, "main")))


class SameAsPlain(unittest.TestCase):
    """What the program prints is what it prints without us."""

    PROGRAMS = {
        "traceback of a failed task": """
            import asyncio

            async def inner(lock):
                async with lock:
                    raise ValueError("here")

            async def main():
                await asyncio.gather(inner(asyncio.Lock()))

            asyncio.run(main())
        """,
        "traceback of a cancelled wait": """
            import asyncio, traceback

            async def waiter(queue):
                try:
                    await queue.get()
                except asyncio.CancelledError:
                    traceback.print_exc()

            async def main():
                task = asyncio.ensure_future(waiter(asyncio.Queue()))
                await asyncio.sleep(0)
                task.cancel()
                await task

            asyncio.run(main())
        """,
        "misuse": """
            import asyncio

            async def main():
                for wrong in (asyncio.Lock().release, lambda: asyncio.Semaphore(-1), lambda: asyncio.create_task(3)):
                    try:
                        wrong()
                    except Exception as error:
                        print(type(error), error)

            asyncio.run(main())
        """,
        "debug mode": """
            import asyncio, sys

            async def main():
                loop = asyncio.get_running_loop()
                task = asyncio.ensure_future(asyncio.sleep(0))
                handle = loop.call_soon(print, "called")
                safe = loop.call_soon_threadsafe(print, "safe")
                for one in (task, handle, safe):
                    print([(entry.lineno, entry.name) for entry in one._source_traceback[-2:]])
                await task
                print(asyncio.iscoroutinefunction(asyncio.Lock().acquire), vars(asyncio.Event()).keys())

            asyncio.run(main(), debug=True)
        """,
        "exception in a callback": """
            import asyncio

            async def main():
                asyncio.get_running_loop().call_soon(int, "x")
                await asyncio.sleep(0)

            asyncio.run(main())
        """,
        "tasks die as they do": """
            import asyncio, gc, weakref

            async def stuck(future):
                await future

            async def main():
                loop = asyncio.get_running_loop()
                task = asyncio.ensure_future(stuck(loop.create_future()))
                gone = weakref.ref(task)
                await asyncio.sleep(0)
                print(sorted(vars(task)), repr(task).split(" coro")[0])
                task.cancel()
                await asyncio.sleep(0)
                del task
                gc.collect()
                print(gone())

            asyncio.run(main())
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
