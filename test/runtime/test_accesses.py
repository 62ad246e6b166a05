"""Race mode: which accesses are told, whose they are, and what the text says about them."""

from __future__ import annotations

import unittest

from support import record_program, run_plain

TEST, SWITCH, BY_VALUE, BY_CONDITION, SAME_SECTION, GLOBAL_BASE, AWAIT = (1 << bit for bit in range(7))
TOLD_LATER = 1


class Accesses(unittest.TestCase):
    def record(self, program, **more):
        recording = record_program(program, race=True, **more)
        self.assertEqual((recording.returncode, recording.stderr), (0, ""))
        self.assertEqual(recording.of("fault"), [])
        return recording

    def told(self, recording):
        """(operation, line, told later) of all accesses, in the order of time."""
        return [(event.operation, event.site.line, bool(event.flags & TOLD_LATER)) for event in recording.of("access")]

    def flags(self, recording):
        """(operation, line) -> flags of the sites of accesses."""
        return {
            (event.operation, recording.site(event.space, event.site_number).line): event.flags
            for event in recording.of("access_site")
        }

    def test_one_thread_tells_nothing(self):
        recording = self.record("""
            class Box:
                pass
            box = Box()
            box.value = 1
            box.value += 1
            print(box.value)
        """)
        self.assertEqual(recording.of("access"), [])

    def test_the_first_owner_is_told_of_once_there_is_a_second(self):
        recording = self.record("""
            import threading
            class Box:
                def __init__(self):
                    self.value = 0
            def add(box):
                box.value += 1
            box, own = Box(), Box()
            for target in (box, own, box):
                thread = threading.Thread(target=add, args=(target,))
                thread.start()
                thread.join()
            print(box.value, own.value)
        """)
        self.assertEqual(recording.stdout, "2 1\n")
        updates = [event for event in recording.of("access") if event.operation == "attribute.update"]
        box = updates[-1].object
        updates = [event for event in updates if event.object == box]
        self.assertEqual([bool(event.flags & TOLD_LATER) for event in updates[:2]], [True, False])
        first, third = [event.object for event in recording.of("thread_create")][::2]
        self.assertEqual((updates[0].arg, updates[1].thread), (first, third))
        self.assertLess(updates[0].time, updates[1].time)

    def test_equal_accesses_between_two_facts_are_told_once(self):
        recording = self.record("""
            import threading
            class Box:
                pass
            box, lock = Box(), threading.Lock()
            box.value = 0
            def add(count):
                for _ in range(count):
                    box.value += 1
                with lock:
                    box.value += 1
            for _ in range(2):
                thread = threading.Thread(target=add, args=(100,))
                thread.start()
                thread.join()
        """)
        self.assertEqual(
            [each for each in self.told(recording) if each[0] == "attribute.update"],
            [("attribute.update", line, told_later) for told_later in (True, False) for line in (9, 11)],
        )

    def test_what_changes_nothing_else_is_as_in_a_plain_run(self):
        program = """
            import threading, traceback
            log = []
            def note(value):
                log.append(value)
                return value
            class Odd:
                __slots__ = ("x", "__weakref__")
                def __init__(self):
                    self.x = {}
                @property
                def p(self):
                    note("property")
                    return self
                def __getattr__(self, name):
                    note(name)
                    raise AttributeError(name)
            def work(odd):
                odd.p.x[note("key")] = note("value")
                odd.p.x[note("key")] += note("s")
                a = odd.p.x[note("key")] if note(1) else note(2)
                (odd.p.x)["b"], *rest = [a, note(3)]
                total = sum(len(odd.x) for _ in range(2) if odd.x)
                try:
                    odd.missing.deeper = note("first")
                except AttributeError:
                    traceback.print_exc()
                nonlocal_count = 0
                def inner():
                    nonlocal nonlocal_count
                    nonlocal_count += total
                    return lambda: odd.x.get("b", nonlocal_count)
                note(inner()())
                del odd.x["b"]
                try:
                    del odd.x["b"]
                except KeyError as error:
                    note(repr(error))
            odd = Odd()
            for _ in range(2):
                thread = threading.Thread(target=work, args=(odd,))
                thread.start()
                thread.join()
            print(log)
        """
        recording = record_program(program, race=True, spans=True)
        plain = run_plain(program)
        self.assertEqual((recording.returncode, recording.stdout), plain[:2])
        self.assertEqual(recording.stderr.count("odd.missing"), plain[2].count("odd.missing"))
        self.assertEqual(recording.stderr.count("File "), plain[2].count("File "))

    def test_what_nobody_has_is_gone_after_a_collection(self):
        recording = self.record("""
            import gc, threading, weakref
            class Thing:
                pass
            def fill(things):
                return len(things)
            stop = threading.Event()
            thread = threading.Thread(target=stop.wait)
            thread.start()
            thing = Thing()
            fill([thing])
            fill({1: thing})
            seen = weakref.ref(thing)
            del thing
            gc.collect()
            print(seen() is None)
            stop.set()
            thread.join()
        """)
        self.assertEqual(recording.stdout, "True\n")

    def test_classes_of_all_kinds(self):
        program = """
            import threading
            class Meta(type):
                def __eq__(cls, other):
                    print("compared")
                    return cls is other
            class Compared(metaclass=Meta):
                value = 0
            class Nowhere:
                __module__ = None
                value = 0
            class Own:
                @property
                def __dict__(self):
                    print("asked")
                    return {}
                value = 0
            class Slotted:
                __slots__ = ("value",)
            def add(*boxes):
                for box in boxes:
                    box.value += 1
                    box.value = box.value
            boxes = [Compared(), Nowhere(), Slotted()]
            boxes[2].value = 0
            for _ in range(2):
                thread = threading.Thread(target=add, args=boxes)
                thread.start()
                thread.join()
            print([box.value for box in boxes], Own().value)
        """
        recording = self.record(program)
        self.assertEqual(recording.stdout, run_plain(program)[1])

    def test_tasks_are_owners_too(self):
        recording = self.record("""
            import asyncio
            class Box:
                token = None
            async def get(box):
                if box.token is None:
                    await asyncio.sleep(0)
                    box.token = object()
            async def main():
                box = Box()
                await asyncio.gather(get(box), get(box))
            asyncio.run(main())
        """)
        writes = [event for event in recording.of("access") if event.operation == "attribute.write"]
        self.assertEqual(len({event.arg if event.flags & TOLD_LATER else event.task for event in writes}), 2)

    def test_a_generator_tells_in_whichever_thread_it_goes_on(self):
        recording = self.record("""
            import threading
            class Box:
                def __init__(self):
                    self.value = 0
            box = Box()
            def steps():
                for _ in range(9):
                    box.value += 1
                    try:
                        yield
                    except KeyError:
                        box.value += 10
            stepping = steps()
            def step(): next(stepping)
            def throw(): stepping.throw(KeyError())
            for target in (step, step, step, throw):
                thread = threading.Thread(target=target)
                thread.start()
                thread.join()
            print(box.value)
        """)
        self.assertEqual(recording.stdout, "14\n")
        owners = {9: [], 13: []}
        for event in recording.of("access"):
            if event.operation == "attribute.update":
                owners[event.site.line].append(event.arg if event.flags & TOLD_LATER else event.thread)
        started = [event.object for event in recording.of("thread_create")]
        self.assertEqual(owners, {9: started, 13: started[3:]})

    def test_a_method_of_a_container_is_told_after_one_of_another_type(self):
        recording = self.record("""
            import threading
            class Log:
                def append(self, item):
                    pass
            def add(log, count):
                for _ in range(count):
                    log.append(1)
            items = []
            for _ in range(2):
                thread = threading.Thread(target=lambda: (add(Log(), 3), add(items, 3), add(Log(), 3), add(items, 3)))
                thread.start()
                thread.join()
            print(len(items))
        """)
        self.assertEqual(recording.stdout, "12\n")
        told = [each for each in self.told(recording) if each[:2] == ("container.call", 8)]
        self.assertEqual(told, [("container.call", 8, True), ("container.call", 8, False)])

    def test_comprehensions_tell_what_they_look_at(self):
        recording = self.record("""
            import threading
            class Box:
                pass
            def fill(boxes):
                for box in boxes:
                    box.is_full = True
            def full(boxes):
                try:
                    if len(boxes) > 9:
                        pass
                    return [box for box in boxes if box.is_full], {box.is_full for box in boxes}
                finally:
                    pass
            boxes = [Box()]
            for target in (fill, full, full):
                thread = threading.Thread(target=target, args=(boxes,))
                thread.start()
                thread.join()
        """)
        reads = [each for each in self.told(recording) if each[0] == "attribute.read"]
        self.assertEqual(reads, [("attribute.read", 12, False)] * 4)

    def test_a_hot_place_is_sampled_and_says_so(self):
        recording = self.record("""
            import threading
            class Counter:
                def __init__(self):
                    self.lock, self.count = threading.Lock(), 0
                def add(self, times):
                    for _ in range(times):
                        with self.lock:
                            self.count += 1
            counter = Counter()
            counters = [threading.Thread(target=counter.add, args=(4000,)) for _ in range(2)]
            for thread in counters:
                thread.start()
            for thread in counters:
                thread.join()
            print(counter.count)
        """)
        self.assertEqual(recording.stdout, "8000\n")
        # Two threads may come to the last one that is told in full at the same time.
        self.assertIn(len(recording.of("sampled")), (1, 2))
        self.assertLess(len(recording.of("access")), 5000)


if __name__ == "__main__":
    unittest.main()
