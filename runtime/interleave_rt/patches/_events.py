"""`threading.Event`, and `threading.Timer`, which waits on one."""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap

WAIT = schema.OPERATIONS["threading.Event.wait"]
SET = schema.SIGNAL | schema.OPERATIONS["threading.Event.set"]
CLEAR = schema.SIGNAL | schema.OPERATIONS["threading.Event.clear"]
TIMER = schema.OPERATIONS["threading.Timer"]


class State:
    """What we know of one event; `operation` is what a wait for it is called."""

    __slots__ = ("id", "operation", "setter")

    def __init__(self, object_id: int, operation: int) -> None:
        self.id = object_id
        self.operation = operation
        self.setter = 0


def install(module) -> None:
    _wrap.put(module.Event, "_interleave", None)
    _wrap.replace(module.Event, "__init__", _init)
    _wrap.replace(module.Event, "wait", _wait)
    _wrap.replace(module.Event, "set", _set)
    _wrap.replace(module.Event, "clear", _clear)
    if recorder.end_epoch is not None:
        _wrap.replace(module.Event, "is_set", _is_set)
    _wrap.replace(module.Timer, "__init__", _init_timer)


def _init(original):
    def __init__(self):
        original(self)
        frame = originals.getframe(1)
        if not objects.is_made_by_library(frame):
            self._interleave = State(objects.define(WAIT, frame, self), WAIT)

    return __init__


def _init_timer(original):
    def __init__(self, interval, function, args=None, kwargs=None):
        original(self, interval, function, args, kwargs)
        self.finished._interleave = State(objects.define(TIMER, originals.getframe(1)), TIMER)

    return __init__


def _wait(original):
    def wait(self, timeout=None):
        try:
            state = self._interleave
            # What is set already, or is only looked at, is no wait.
            if state is None or self._flag or timeout is not None and timeout <= 0:
                is_set = original(self, timeout)
                if is_set and state is not None:
                    recorder.saw(state.operation, state.id)
                return is_set
            return _wait_recorded(original, self, timeout, state, sites.of_user(originals.getframe(1)))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return wait


def _wait_recorded(original, event, timeout, state: State, site: int):
    flags = 0 if timeout is None else schema.FLAG_0
    recorder.record(schema.WAIT | state.operation | flags, state.id, 0, site)
    outcome = schema.OUTCOME_FAILED
    try:
        is_set = original(event, timeout)
        outcome = schema.OUTCOME_OK if is_set else schema.OUTCOME_TIMEOUT
        return is_set
    finally:
        setter = state.setter if outcome == schema.OUTCOME_OK else 0
        recorder.record(schema.GOT | state.operation | outcome, state.id, setter, site)


def _is_set(original):
    """In race mode only: what a thread does after it saw the flag comes after what was done before it was set."""

    def is_set(self):
        found = original(self)
        state = self._interleave
        if found and state is not None:
            recorder.saw(state.operation, state.id)
        return found

    return is_set


def _set(original):
    def set(self):
        state = self._interleave
        if state is not None:
            state.setter = recorder.current_thread_unit()
            recorder.record(SET, state.id, 0, sites.of_user(originals.getframe(1)))
        original(self)

    return set


def _clear(original):
    def clear(self):
        state = self._interleave
        if state is not None:
            recorder.record(CLEAR, state.id, 0, sites.of_user(originals.getframe(1)))
        original(self)

    return clear
