"""asyncio's locks, semaphores, conditions, events, barriers and queues: who waits, who holds, who wakes."""

from __future__ import annotations

import sys
import unittest

from marks import Marked


class Locks(unittest.TestCase):
    def test_lock(self) -> None:
        program = Marked("""
            import asyncio

            class Cache:
                def __init__(self):
                    self.lock = asyncio.Lock()                    # @made

            async def holder(cache, held, go):
                await cache.lock.acquire()                        # @taken
                held.set()
                await go.wait()
                cache.lock.release()                              # @released

            async def taker(cache, held):
                await held.wait()
                await cache.lock.acquire()                        # @wanted
                cache.lock.release()

            async def main():
                cache, held, go = Cache(), asyncio.Event(), asyncio.Event()
                tasks = [asyncio.ensure_future(holder(cache, held, go)), asyncio.ensure_future(taker(cache, held))]
                while not cache.lock._waiters:
                    await asyncio.sleep(0)
                go.set()
                await asyncio.gather(*tasks)

            asyncio.run(main())
        """).check(self)
        made = program.one(self, "made", "object", "asyncio.Lock")
        self.assertEqual(program.recording.name(made), "Cache.lock")
        taken = program.one(self, "taken", "acquire", "asyncio.Lock")
        begin, end = program.wait(self, "wanted", "asyncio.Lock")
        released = program.one(self, "released", "release", "asyncio.Lock")
        holder, taker = program.task(self, "holder"), program.task(self, "taker")
        self.assertEqual({e.object for e in (made, taken, begin, end, released)}, {made.object})
        self.assertEqual(
            (taken.task, begin.task, begin.arg, end.arg, released.task), (holder, taker, holder, holder, holder)
        )
        self.assertEqual(program.at("wanted", "acquire"), [])
        self.assertLess(released.time, end.time)

    def test_cancelled_wait_takes_nothing(self) -> None:
        program = Marked("""
            import asyncio

            async def taker(lock):
                async with lock:                                  # @wanted
                    pass

            async def main():
                lock = asyncio.Lock()
                await lock.acquire()
                task = asyncio.ensure_future(taker(lock))
                while not lock._waiters:
                    await asyncio.sleep(0)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                lock.release()

            asyncio.run(main())
        """).check(self)
        _, end = program.wait(self, "wanted", "asyncio.Lock", "cancelled")
        self.assertEqual(end.arg, program.task(self, "main"))
        self.assertEqual(len(program.recording.of("release", "asyncio.Lock")), 1)

    def test_semaphores(self) -> None:
        for kind in ("Semaphore", "BoundedSemaphore"):
            program = Marked(
                """
                import asyncio

                async def taker(slots):
                    await slots.acquire()                         # @wanted
                    slots.release()                               # @back

                async def main():
                    slots = asyncio.KIND(1)
                    await slots.acquire()                         # @taken
                    task = asyncio.ensure_future(taker(slots))
                    while not slots._waiters:
                        await asyncio.sleep(0)
                    slots.release()                               # @released
                    await task
                    await slots.acquire()

                asyncio.run(main())
            """.replace("KIND", kind)
            ).check(self)
            operation = "asyncio." + kind
            _, end = program.wait(self, "wanted", operation)
            self.assertEqual(end.arg, program.task(self, "main"))
            for mark, record in (("taken", "acquire"), ("released", "release"), ("back", "release")):
                self.assertEqual(program.one(self, mark, record, operation).object, end.object)
            self.assertEqual(len(program.recording.of("acquire", operation)), 2)
            self.assertEqual(program.recording.name(program.recording.of("object", operation)[0]), "slots")

    def test_condition(self) -> None:
        program = Marked("""
            import asyncio

            async def waiter(changed):
                async with changed:
                    await changed.wait()                          # @waits

            async def main():
                changed = asyncio.Condition()                     # @made
                task = asyncio.ensure_future(waiter(changed))
                while not changed._waiters:
                    await asyncio.sleep(0)
                async with changed:
                    changed.notify()                              # @notified
                    await asyncio.sleep(0)
                    await asyncio.sleep(0)
                await task

            asyncio.run(main())
        """).check(self)
        begin, end = program.wait(self, "waits", "asyncio.Condition.wait")
        signal = program.one(self, "notified", "signal", "asyncio.Condition.notify")
        main = program.task(self, "main")
        self.assertEqual((signal.object, signal.task, end.arg), (begin.object, main, main))
        # Notified, it has to wait for the lock, which the other still holds.
        again, got = program.wait(self, "waits", "asyncio.Lock")
        self.assertEqual((again.arg, got.arg), (main, main))
        made = {event.operation: event.object for event in program.at("made", "object")}
        self.assertEqual(made, {"asyncio.Condition.wait": begin.object, "asyncio.Lock": again.object})
        self.assertEqual({program.recording.name(e) for e in program.at("made", "object")}, {"changed"})

    def test_event(self) -> None:
        program = Marked("""
            import asyncio

            async def waiter(ready):
                await ready.wait()                                # @waits
                await ready.wait()

            async def main():
                ready = asyncio.Event()
                task = asyncio.ensure_future(waiter(ready))
                while not ready._waiters:
                    await asyncio.sleep(0)
                ready.set()                                       # @set
                await task
                ready.clear()                                     # @clear

            asyncio.run(main())
        """).check(self)
        begin, end = program.wait(self, "waits", "asyncio.Event.wait")
        self.assertEqual(end.arg, program.task(self, "main"))
        self.assertEqual(program.one(self, "set", "signal", "asyncio.Event.set").object, begin.object)
        self.assertEqual(program.one(self, "clear", "signal", "asyncio.Event.clear").object, begin.object)
        self.assertEqual(len(program.recording.of("wait", "asyncio.Event.wait")), 1)

    @unittest.skipIf(sys.version_info < (3, 11), "asyncio.Barrier is new in Python 3.11")
    def test_barrier(self) -> None:
        program = Marked("""
            import asyncio

            async def early(barrier):
                await barrier.wait()                              # @early

            async def main():
                barrier = asyncio.Barrier(2)
                task = asyncio.ensure_future(early(barrier))
                while not barrier.n_waiting:
                    await asyncio.sleep(0)
                await barrier.wait()                              # @last
                await task

            asyncio.run(main())
        """).check(self)
        begin, end = program.wait(self, "early", "asyncio.Barrier.wait")
        self.assertEqual(end.arg, program.task(self, "main"))
        self.assertEqual(program.one(self, "last", "signal", "asyncio.Barrier.wait").object, begin.object)
        self.assertEqual(program.at("last", "wait"), [])
        # The condition inside of the barrier is its own business.
        self.assertEqual(program.recording.of("object", "asyncio.Condition.wait"), [])


class Queues(unittest.TestCase):
    def test_get_put_join(self) -> None:
        for kind in ("Queue", "LifoQueue", "PriorityQueue"):
            program = Marked(
                """
                import asyncio

                async def consumer(queue):
                    await queue.get()                             # @get
                    queue.task_done()
                    await queue.get()                             # @room
                    queue.task_done()                             # @done

                async def main():
                    queue = asyncio.KIND(1)                       # @made
                    task = asyncio.ensure_future(consumer(queue))
                    while not queue._getters:
                        await asyncio.sleep(0)
                    await queue.put(1)                            # @put
                    await queue.put(2)                            # @full
                    await queue.join()                            # @join
                    await task

                asyncio.run(main())
            """.replace("KIND", kind)
            ).check(self)
            name = "asyncio." + kind
            made = program.one(self, "made", "object", name + ".get")
            self.assertEqual(program.recording.name(made), "queue")
            main, consumer = program.task(self, "main"), program.task(self, "consumer")
            for mark, operation, waiter, waker in (
                ("get", name + ".get", consumer, main),
                ("full", name + ".put", main, consumer),
                ("join", "asyncio.Queue.join", main, consumer),
            ):
                begin, end = program.wait(self, mark, operation)
                self.assertEqual((begin.object, begin.task, end.arg), (made.object, waiter, waker), mark)
            self.assertEqual(program.at("put", "wait"), [])
            program.one(self, "put", "signal", name + ".put")
            program.one(self, "full", "signal", name + ".put")
            program.one(self, "done", "signal", "asyncio.Queue.task_done")
            # The event inside of the queue is its own business.
            self.assertEqual(program.recording.of("object", "asyncio.Event.wait"), [])


class Threads(unittest.TestCase):
    def test_run_in_executor(self) -> None:
        program = Marked("""
            import asyncio, threading

            go = threading.Event()

            def work():
                go.wait()

            async def main():
                loop = asyncio.get_running_loop()
                future = loop.run_in_executor(None, work)         # @submit
                loop.call_soon(go.set)
                await future                                      # @await

            asyncio.run(main())
        """).check(self)
        submit = program.one(self, "submit", "job_submit")
        begins = [e for e in program.recording.of("job_begin") if e.object == submit.object]
        self.assertEqual([program.recording.text(e.space, e.arg) for e in begins], ["work"])
        begin, end = program.wait(self, "await", "asyncio.run_in_executor")
        self.assertEqual((begin.object, end.arg), (submit.object, begins[0].thread))
        self.assertEqual(submit.task, program.task(self, "main"))

    @unittest.skipIf(sys.version_info < (3, 9), "asyncio.to_thread is new in Python 3.9")
    def test_to_thread(self) -> None:
        program = Marked("""
            import asyncio, threading

            go = threading.Event()

            def work():
                go.wait()

            async def main():
                asyncio.get_running_loop().call_later(0.001, go.set)
                await asyncio.to_thread(work)                     # @await

            asyncio.run(main())
        """).check(self)
        submit = program.one(self, "await", "job_submit")
        begin, end = program.wait(self, "await", "asyncio.to_thread")
        job = program.recording.of("job_begin")[0]
        self.assertEqual(program.recording.text(job.space, job.arg), "work")
        self.assertEqual((begin.object, end.arg), (submit.object, job.thread))

    def test_other_thread_resumes_a_task(self) -> None:
        program = Marked("""
            import asyncio, threading

            async def main():
                loop = asyncio.get_running_loop()
                future = loop.create_future()

                def set_it():
                    loop.call_soon_threadsafe(future.set_result, 1)  # @call

                threading.Thread(target=set_it, name="other").start()
                await future                                      # @await

            asyncio.run(main())
        """).check(self)
        other = program.thread(self, "other")
        signal = program.one(self, "call", "signal", "asyncio.call_soon_threadsafe")
        _, end = program.wait(self, "await", "asyncio.Future")
        self.assertEqual((signal.thread, end.arg), (other, other))

    def test_run_coroutine_threadsafe(self) -> None:
        program = Marked("""
            import asyncio, threading

            async def work():
                await asyncio.sleep(0)
                return 5

            async def main():
                loop = asyncio.get_running_loop()
                done = asyncio.Event()

                def other():
                    future = asyncio.run_coroutine_threadsafe(work(), loop)  # @call
                    print(future.result())                        # @result
                    loop.call_soon_threadsafe(done.set)

                thread = threading.Thread(target=other, name="other")
                thread.start()
                await done.wait()
                thread.join()

            asyncio.run(main())
        """).check(self)
        self.assertEqual(program.stdout, "5\n")
        made = program.one(self, "call", "task_create")
        self.assertEqual(made.object, program.task(self, "work"))


if __name__ == "__main__":
    unittest.main()
