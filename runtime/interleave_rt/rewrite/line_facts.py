"""When lines run: what rewritten functions look at while they do; `line_code` is the other half.

Each function has, in each thread, a list: a few things that its code calls, then an entry for each of its lines. An entry
that is not None is an iterator; each step of it writes one record, all in C, so that no frame of ours is ever seen and a
record costs about half of what it would in Python. When it is at its end, `_Lines.slow` decides how to go on.

The first runs of a line in a thread are told one by one. After that it is told twice a *tick* (its first run then, and
that it runs on untold): the supervisor counts ticks in a byte of a file, each as long as a two-thousandth of the run so
far, and a function that begins, or goes into another round of a loop, compares it. So the number of records grows with
the logarithm of the run's length, and a line that takes longer than a tick is told each time.

A list belongs to one thread, and so does all that is reached by it.
"""

from __future__ import annotations

import _functools
import _weakref
import itertools
import os

from .. import _schema as schema
from .. import originals, recorder, sites

MOST_RUNS = 256
LEAST_RUNS = 16
# So many threads may record MOST_RUNS of each line of a function; with more, each of them fewer.
THREADS_WITH_MOST = 4

NEXT, SLOW, STAMP, TICKS, RARE, MINE, FIRST = range(7)
"""Places in a function's list; the first entry of a line is at FIRST."""

UNTOLD = schema.FLAG_0
SAME_RUN = 2 << schema.FLAGS_SHIFT


class _Here(originals.ThreadLocal):
    """Per thread: a function's list by the name that its code has for it; `held`, see _Held; `tools`, see _tools.

    As attributes of the class: the list that stands for that of a thread which has none yet.
    """


here = _Here()

_NO_TICKS = b"\0"
# Never the same as it was.
_ALWAYS = (float("nan"),)
_ENDED = iter(())


class _State:
    ticks: object = _NO_TICKS
    ended = False


_threads: dict = {}
"""id -> weak reference to the _Held of each thread of this process."""


class _Held:
    """Knows all lists of one thread, so that they can be emptied."""

    __slots__ = ("lists", "__weakref__")

    def __init__(self) -> None:
        self.lists: list[list] = []
        key = id(self)
        _threads[key] = _weakref.ref(self, lambda _: _threads.pop(key, None))


class _Function:
    """What is known of a function's lines in all threads."""

    __slots__ = ("name", "site", "file", "function", "rows", "commits", "threads", "fresh")

    def __init__(self, name: str, site: int, file: str, function: str, rows: tuple) -> None:
        self.name = name
        self.site = site
        self.file = file
        self.function = function
        self.rows = rows
        self.commits: list[int] = []
        """Of each entry: the line's site | commit word << 32. Empty before the first call."""
        self.threads = 0
        # The first look at the time leads to `start`.
        self.fresh = [next, self.start, 0, _ALWAYS, True, None, *[_ENDED] * len(rows)]
        """Stands for the list of a thread that has none yet: each entry leads to `start`."""
        self.fresh[MINE] = _functools.partial(getattr, here, name, self.fresh)

    def define(self) -> None:
        define = recorder.define_site
        lines = {abs(line) for line, _ in self.rows}
        known = {line: define(self.file, self.function, line, line, -1, -1) for line in lines}
        self.commits = [
            known[abs(line)] | (schema.LINE | loop << 8 | (SAME_RUN if line < 0 else 0)) << 32
            for line, loop in self.rows
        ]

    def lines(self) -> list:
        """The calling thread's list, made when it has none."""
        found = here.__dict__.get(self.name)
        if found is None:
            if not self.commits:
                with recorder.id_lock():
                    if not self.commits:
                        self.define()
            found = [next, None, 0, _NO_TICKS, None, self.fresh[MINE], *[None] * len(self.rows)]
            self.threads += 1
            state = _Lines(self, max(LEAST_RUNS, MOST_RUNS * THREADS_WITH_MOST // max(THREADS_WITH_MOST, self.threads)))
            found[SLOW], found[RARE] = state.slow, state.rare
            if not _State.ended and recorder.run.active:
                state.fill(found)
            here.__dict__[self.name] = found
            held = here.__dict__.get("held")
            if held is None:
                held = here.held = _Held()
            held.lists.append(found)
        return found

    def start(self, entry: int):
        """A line is about to run in a thread that has no list yet, such as one that goes on with another's generator."""
        try:
            found = self.lines()
            if entry and found[entry]:
                return found[SLOW](entry) if next(found[entry], 1) else found
            return found
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            return self.fresh


class _Lines:
    """The lines of one function in one thread. It does not know its list, which knows it."""

    __slots__ = ("function", "left", "buffer", "runs", "rare")

    def __init__(self, function: _Function, runs: int) -> None:
        self.function = function
        self.runs = runs
        self.left: list = []
        """Of each entry: the first argument of its records, as often as it may still write."""
        self.buffer: object = None
        self.rare: set[int] = set()
        """Entries that are told only once in a while."""

    def fill(self, lines: list) -> None:
        """Lets each line write to the thread's segment, as often as it could before."""
        recorder.current_thread_unit()
        buffer = recorder.local.r[1]
        runs = [each.__length_hint__() for each in self.left] or [self.runs] * len(self.function.commits)
        self.buffer = buffer
        self.left = [itertools.repeat(buffer, count) for count in runs]
        lines[FIRST:] = [self._writer(number) for number in range(len(runs))]
        for number in self.rare:
            if not runs[number]:
                lines[FIRST + number] = None
        lines[TICKS] = _State.ticks
        lines[STAMP] = _State.ticks[0]  # type: ignore[index]

    def _writer(self, number: int):
        function, repeat = self.function, itertools.repeat
        pack, clock = _tools()
        slots = recorder.local.stream.slots
        return map(pack, self.left[number], slots, clock, repeat(function.site), repeat(function.commits[number]))

    def slow(self, entry: int):
        """A line's entry is at its end, or (entry 0) a tick has passed; returns the list to go on with."""
        try:
            lines = here.__dict__[self.function.name]
            if _State.ended or not recorder.run.active:
                lines[FIRST:] = [None] * len(self.function.commits)
            elif not entry:
                self._tick(lines)
            else:
                self._end_of(lines, entry)
            return lines
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            return self.function.fresh

    def _end_of(self, lines: list, entry: int) -> None:
        number = entry - FIRST
        word = self.function.commits[number]
        commit, line = word >> 32, word & 0xFFFFFFFF
        writer = getattr(recorder.local, "r", None)
        if writer is None or writer[1] is not self.buffer:
            # The thread has a new segment, or (in a forked child) is a new one.
            self.fill(lines)
            if lines[entry] and next(lines[entry], 1) is None:
                return
        if self.left[number].__length_hint__():
            # The segment is full, so that nothing was written.
            recorder.plain_record(commit, 0, self.function.site, line)
            self.fill(lines)
            return
        recorder.plain_record(commit | UNTOLD, 0, self.function.site, line)
        lines[entry] = None
        self.rare.add(number)

    def _tick(self, lines: list) -> None:
        """Each line that was told often may be told once more."""
        if recorder.local.r[1] is not self.buffer:
            self.fill(lines)
        for number in self.rare:
            if not self.left[number].__length_hint__():
                self.left[number] = itertools.repeat(self.buffer, 1)
                lines[FIRST + number] = self._writer(number)


def _tools() -> tuple:
    """What writes a record, and the clock: of each thread its own, since what threads share does not scale."""
    try:
        return here.tools
    except AttributeError:
        here.tools = originals.Struct("<Q8xqQ").pack_into, iter(originals.now, None)
        return here.tools


def register(names: tuple, rows: tuple, budgets: tuple, path: str) -> list:
    """Makes the lines of a module known; returns the calling thread's list for what the module runs itself.

    `rows`: of each function, and last of the module, (line, loop) of each entry as `line_code` has them; `names` by what their code finds their lists; `budgets` those of the spans of the functions.
    """
    file = sites.absolute(path)
    for name, budget, lines in zip(names, budgets, rows):
        function = _Function(name, budget.site, file, budget.row[0], lines)
        setattr(_Here, name, function.fresh)
        # Now rather than at its first call, which somebody may be debugging.
        function.lines()
    site = recorder.define_site(file, "<module>", 1, 0, -1, -1, whole=True)
    return _Function(names[-1], site, file, "<module>", rows[-1]).lines()


def _empty(held, entry) -> None:
    for lines in held.lists if held is not None else ():
        lines[FIRST:] = [entry] * (len(lines) - FIRST)


def _before_thread_end() -> None:
    """The thread gives its stream back; should it run on, each line finds out anew where to write."""
    _empty(here.__dict__.get("held"), _ENDED)
    for lines in here.held.lists if "held" in here.__dict__ else ():
        lines[SLOW].__self__.buffer = None


def _restart_in_child() -> None:
    """In a forked child: this thread is the only one, and its lines begin anew."""
    own = here.__dict__.get("held")
    for lines in own.lists if own is not None else ():
        state = lines[SLOW].__self__
        state.buffer, state.left = None, []
        state.rare.clear()
    _empty(own, _ENDED)


def end() -> None:
    """Nothing more is told; at the end of the interpreter, when names of modules begin to vanish."""
    _State.ended = True
    for reference in list(_threads.values()):
        _empty(reference(), None)


def install() -> None:
    """Called once for each interpreter, after the recorder has started."""
    import atexit

    try:
        file = originals.open_file(recorder.run.folder + "/ticks", os.O_RDWR)
        try:
            _State.ticks = originals.mmap(file, 1)
        finally:
            originals.close_file(file)
    except (OSError, ValueError):
        # Nobody counts them: lines are told as often as they may, and then no more.
        _State.ticks = _NO_TICKS
    atexit.register(end)
    recorder.after_fork.append(_restart_in_child)
    recorder.before_thread_end.append(_before_thread_end)
