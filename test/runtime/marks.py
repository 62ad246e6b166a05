"""Programs whose lines have names: `# @name` at the end of a line, for the tests that say at which line something was."""

from __future__ import annotations

import re
import textwrap

from support import record_program


class Marked:
    """A recorded program. `line` maps each mark to its line."""

    def __init__(self, source: str, **more) -> None:
        source = textwrap.dedent(source)
        self.line = {}
        for number, text in enumerate(source.split("\n"), 1):
            for mark in re.findall(r"# @(\w+)", text):
                self.line[mark] = number
        self.recording = record_program(source, **more)
        self.stdout = self.recording.stdout

    def check(self, test) -> Marked:
        """The program ended well, and nothing went wrong in the recorder."""
        test.assertEqual((self.recording.returncode, self.recording.stderr), (0, ""), self.recording.dump())
        test.assertEqual([self.recording.text(e.space, e.arg) for e in self.recording.of("fault")], [])
        return self

    def at(self, mark: str, kind: str, operation=None, outcome=None) -> list:
        """The records of a kind whose site is the line of a mark (or the line's `async with`, before 3.10)."""
        found = self.recording.of(kind, operation, outcome)
        return [event for event in found if event.site is not None and event.site.line == self.line[mark]]

    def one(self, test, mark: str, kind: str, operation=None, outcome=None):
        """The only such record."""
        found = self.at(mark, kind, operation, outcome)
        test.assertEqual(len(found), 1, "%s %s at @%s\n%s" % (kind, operation, mark, self.recording.dump()))
        return found[0]

    def task(self, test, name: str) -> int:
        """Unit of the task that has this name, or whose coroutine has it."""
        recording = self.recording
        found = {
            event.object
            for event in recording.of("task_create")
            if name in (recording.name(event), recording.text(event.space, event.arg & 0xFFFFFFFF).split(".")[-1])
        }
        test.assertEqual(len(found), 1, "tasks called %s\n%s" % (name, recording.dump()))
        return found.pop()

    def thread(self, test, name: str) -> int:
        """Unit of the thread that has this name."""
        recording = self.recording
        found = {event.object for event in recording.of("thread_begin") if recording.name(event) == name}
        test.assertEqual(len(found), 1, "threads called %s\n%s" % (name, recording.dump()))
        return found.pop()

    def wait(self, test, mark: str, operation: str, outcome: str = "ok") -> tuple:
        """The wait at a mark and its end."""
        begin = self.one(test, mark, "wait", operation)
        ends = [
            event for event in self.recording.of("got", operation)
            if event.time >= begin.time and (event.object, event.thread, event.task) == (begin.object, begin.thread, begin.task)
        ]  # fmt: skip
        test.assertTrue(ends, "no end of %s at @%s\n%s" % (operation, mark, self.recording.dump()))
        test.assertEqual(ends[0].outcome, outcome, self.recording.dump())
        return begin, ends[0]
