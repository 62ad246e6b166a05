"""`threading.Condition`: waits, by whom they were ended, and notifications.

Those who wait stand in a row beside the condition's own, in the same order, so that each knows who notified it.
"""

from __future__ import annotations

from collections import deque

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _made, _wrap

WAIT = schema.OPERATIONS["threading.Condition.wait"]
NOTIFY = schema.SIGNAL | schema.OPERATIONS["threading.Condition.notify"]


class State:
    """What we know of one condition."""

    __slots__ = ("id", "waiting")

    def __init__(self, object_id: int) -> None:
        self.id = object_id
        self.waiting: deque = deque()


class Waiting:
    """One who waits, and who notified it."""

    __slots__ = ("notifier",)

    def __init__(self) -> None:
        self.notifier = 0


def install(module) -> None:
    _wrap.put(module.Condition, "_interleave", None)
    _wrap.replace(module.Condition, "__init__", _init)
    _wrap.replace(module.Condition, "wait", _wait)
    _wrap.replace(module.Condition, "notify", _notify)


def _init(original):
    def __init__(self, lock=None):
        frame = originals.getframe(1)
        if objects.is_made_by_library(frame) or lock is not None and not hasattr(lock, "acquire"):
            # Nor is it one when it cannot be made; the original tells why.
            original(self, lock)
            return
        if lock is None:
            # Its own lock is waited for as any other; it has the condition's name.
            lock = _made.make_rlock(frame)
        original(self, lock)
        if type(lock) is _made.lock:
            # To look whether it is held by trying to take it would be recorded.
            self._is_owned = lock.locked
        self._interleave = State(objects.define(WAIT, frame, self))

    return __init__


def _wait(original):
    def wait(self, timeout=None):
        try:
            state = self._interleave
            if state is None:
                return original(self, timeout)
            return _wait_recorded(original, self, timeout, state, sites.of_user(originals.getframe(1)))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return wait


def _wait_recorded(original, condition, timeout, state: State, site: int):
    mine = Waiting()
    state.waiting.append(mine)
    recorder.record(schema.WAIT | WAIT | (0 if timeout is None else schema.FLAG_0), state.id, 0, site)
    outcome = schema.OUTCOME_FAILED
    try:
        is_notified = original(condition, timeout)
        outcome = schema.OUTCOME_OK if is_notified else schema.OUTCOME_TIMEOUT
        return is_notified
    finally:
        if not mine.notifier:
            try:
                state.waiting.remove(mine)
            except ValueError:
                pass
        recorder.record(schema.GOT | WAIT | outcome, state.id, mine.notifier, site)


def _notify(original):
    def notify(self, n=1):
        try:
            state = self._interleave
            if state is None:
                original(self, n)
                return
            waiting = state.waiting
            count = min(n, len(waiting))
            recorder.record(NOTIFY, state.id, count, sites.of_user(originals.getframe(1)))
            original(self, n)
            # Nobody of them can go on before we give the lock back.
            unit = recorder.current_thread_unit()
            for _ in range(count):
                waiting.popleft().notifier = unit
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return notify
