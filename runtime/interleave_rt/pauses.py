"""Holds a thread for a moment at places that the run names, so that another one can come in between.

Only in a run that is to confirm a finding: its `run.json` has `pauses`, which the supervisor leaves in the run folder as
`pauses`, and the word `pauses` is among the options. Otherwise nothing here is loaded. Where the calls stand in the user's
code is for `rewrite/pause_places.py` to say.

A hold ends as soon as another unit has come to one of the places and passed it, and in any case after HOLD_NS; there are
at most MOST_HOLDS of them in a process, MORE_HOLDS once it has been shown. Who comes before anybody is held waits for that,
MOST_EARLY times and up to EARLY_NS: who is to be held may be held for something else before. No lock of the program's, or
that it could wait for, is taken here, so a hold can make nothing happen that the system's scheduler could not.
"""

from __future__ import annotations

import _thread
import marshal
import sys

from . import _schema as schema
from . import originals, recorder, sites

HOLD_NS = 80_000_000
EARLY_NS = 3 * HOLD_NS
MOST_HOLDS = 50
MORE_HOLDS = 5
MOST_EARLY = 10
LOOK_EVERY_SECONDS = 0.001
LOOKS = 5
FILE = "pauses"

_PAUSE = schema.OPERATIONS["interleave.pause"]
_LIBRARY = ("_thread", "threading", "multiprocessing.synchronize")
_SIMPLE = (int, str, float, bool, bytes, type(None))

_points: list[tuple] = []
"""(file, what, line, column, end line, end column, line of the read or 0, its column); columns are -1 when unknown."""
_sites: dict[int, int] = {}
_slot = originals.allocate_lock()
"""Taken by the one that is held: who comes meanwhile is the other one."""


class _State:
    held: _Held | None = None
    left = MOST_HOLDS
    early_left = MOST_EARLY
    has_grown = False


class _Held:
    """The unit that is held now, what it is about to access, who came since, and whether one of them has passed."""

    __slots__ = ("unit", "token", "arrived", "is_passed")

    def __init__(self, unit: int, token) -> None:
        self.unit = unit
        self.token = token
        self.arrived: set[int] = set()
        self.is_passed = False


def points_of_run(run: dict) -> list[tuple]:
    """What `run.json` says, as it lies in the run folder."""
    names = ("file", "what", "line", "column", "endLine", "endColumn", "readLine", "readColumn")
    return [tuple(point[name] for name in names) for point in run.get("pauses") or ()]


def configure(points: list[tuple]) -> None:
    """The code that is compiled from now on gets calls at these places."""
    _points[:] = points


def install(folder: str) -> None:
    """In a program whose options ask for it, before its recorder starts."""
    with open("%s/%s" % (folder, FILE), "rb") as file:
        configure(marshal.load(file))
    recorder.after_fork.append(_restart_in_child)


def points_of(path: str) -> list[tuple]:
    """(number, point) for each of the places that lie in a file."""
    if not _points:
        return []
    file = sites.absolute(path)
    return [(number, point) for number, point in enumerate(_points) if point[0] == file]


def hold(number: int, value=None, token=None):
    """Stands between a read and the write that rests on it; returns the value. `token`: see `_is_same`."""
    try:
        is_of_process = _points[number][1] == "process"
        if _State.left > 0 and (is_of_process or _thread._count() > 0) and _slot.acquire(False):
            try:
                _hold(_site(number, originals.getframe(1)), token, is_of_process)
            finally:
                _State.held = None
                _slot.release()
        else:
            _arrive()
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return value


def _hold(site: int, token, is_of_process: bool) -> None:
    # Nobody tells when another process has passed, so each of those takes its time.
    _State.left = min(_State.left - 1, MORE_HOLDS) if is_of_process else _State.left - 1
    me = _Held(_unit(), token)

    def begin() -> None:
        _State.held = me

    _wait(site, lambda: me.is_passed, begin)


async def hold_task(number: int, awaitable, token=None):
    """Stands for `await awaitable` between a read and a write of one task: lets the others go on for longer."""
    value = await awaitable
    if _State.left <= 0 or not _slot.acquire(False):
        _arrive()
    else:
        _State.left -= 1
        site = _site(number, originals.getframe(0))
        outcome = schema.OUTCOME_TIMEOUT
        end = originals.now() + HOLD_NS
        try:
            recorder.record(schema.WAIT | _PAUSE | schema.FLAG_0, 0, 0, site)
            me = _State.held = _Held(_unit(), token)
            while not me.is_passed and originals.now() < end:
                await sys.modules["asyncio"].sleep(LOOK_EVERY_SECONDS)
            if me.is_passed:
                outcome = schema.OUTCOME_OK
        finally:
            _State.held = None
            _slot.release()
            recorder.record(schema.GOT | _PAUSE | outcome, 0, 0, site)
    return value


def hold_lock(number: int, lock):
    """Stands before the taking of a lock by who holds others: until somebody else has it. Returns the lock."""
    try:
        if _State.left > 0 and not _is_held(lock):
            _State.left -= 1
            _wait(_site(number, originals.getframe(1)), lambda: _is_held(lock))
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return lock


def arrived(number: int, value=None, token=None):
    """Stands before an access that somebody is held for; who is early waits for them for a while. Returns the value."""

    def is_time() -> bool:
        held = _State.held
        return held is not None and _is_same(token, held.token) is not False

    try:
        is_early = _State.left > 0 and _State.early_left > 0 and not is_time()
        if is_early and not _State.has_grown and _points[number][1] == "grow":
            # Nobody is held in a loop over nothing.
            _State.has_grown = True
        elif is_early and _thread._count() > 0 and _task() is None:
            _State.early_left -= 1
            _wait(_site(number, originals.getframe(1)), is_time, at_most=EARLY_NS)
        _arrive()
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return value


def _arrive() -> None:
    """The calling unit comes to a place while another one may be held, or is about to be."""
    for _ in range(LOOKS):
        held = _State.held
        if held is not None or not _slot.locked():
            break
        originals.sleep(LOOK_EVERY_SECONDS)
    if held is not None:
        held.arrived.add(_unit())


def passed(number: int, value=None, token=None):
    """Stands behind an access; returns the value."""
    held = _State.held
    if held is not None and not held.is_passed:
        try:
            _overtake(number, held, token)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return value


def _overtake(number: int, held: _Held, token) -> None:
    unit = _unit()
    same = _is_same(token, held.token)
    # What was begun before the hold may have been done before the read.
    if unit not in held.arrived or same is False:
        return
    site = _site(number, originals.getframe(2))
    recorder.record(schema.OVERTAKE | (schema.FLAG_0 if same else 0), held.unit, 0, site)
    held.is_passed = True
    if same:
        # It has been shown; a few more may show what comes of it.
        _State.left = min(_State.left, MORE_HOLDS)


def _wait(site: int, is_over, begin=None, at_most: int = HOLD_NS) -> None:
    """Told as a wait of the unit: timed out when nobody came. `begin` is called when it has been told."""
    recorder.record(schema.WAIT | _PAUSE | schema.FLAG_0, 0, 0, site)
    if begin is not None:
        begin()
    outcome = schema.OUTCOME_TIMEOUT
    end = originals.now() + at_most
    try:
        while originals.now() < end:
            originals.sleep(LOOK_EVERY_SECONDS)
            if is_over():
                outcome = schema.OUTCOME_OK
                break
    finally:
        recorder.record(schema.GOT | _PAUSE | outcome, 0, 0, site)


def _is_held(lock) -> bool:
    """Whether somebody has it, as far as that can be asked without running code of the user's."""
    if type(lock).__module__ not in _LIBRARY:
        return False
    plain = getattr(lock, "_lock", lock)  # That of a Condition.
    system = getattr(plain, "_semlock", None)
    if system is not None:
        return system._is_zero()
    if hasattr(plain, "_depth"):
        # A re-entrant one: when it is ours already there is nothing to wait for.
        return plain._depth > 0
    return bool(getattr(plain, "locked", bool)())


def _is_same(one, other):
    """Whether two accesses are to the same thing: by their shapes (`_.items[_]`), and what the names in them stand for.

    None when that cannot be told.
    """
    if one is None or other is None or one[0] != other[0]:
        return None
    for mine, theirs in zip(one[1:], other[1:]):
        is_equal = type(mine) is type(theirs) and type(mine) in _SIMPLE and mine == theirs
        if mine is not theirs and not is_equal:
            return False
    return True


def _unit() -> int:
    """Unit id of the task that runs on this thread, else of the thread."""
    state = _task()
    return state.unit if state is not None else recorder.current_thread_unit()


def _task():
    """State of the task that runs on this thread; None outside of tasks."""
    tasks = sys.modules.get("interleave_rt.patches._tasks")
    return tasks.current() if tasks is not None else None


def _site(number: int, frame) -> int:
    """Site id of a place, the same as its accesses have in the text."""
    known = _sites.get(number)
    if known is None:
        file, _, line, column, end_line, end_column, _, _ = _points[number]
        function = sites.qualified_name(frame.f_code, frame)
        known = _sites[number] = recorder.define_site(file, function, line, end_line, column, end_column)
    return known


def _restart_in_child() -> None:
    """In a forked child, whose parent may hold a thread right now."""
    global _slot
    _slot = originals.allocate_lock()
    _State.held = None
    _State.left, _State.early_left = MOST_HOLDS, MOST_EARLY
    _State.has_grown = False
