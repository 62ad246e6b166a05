"""`threading.Semaphore` and `BoundedSemaphore`.

Beside the counter is a row of those who gave what can be taken, so that each who takes knows from whom it comes.
"""

from __future__ import annotations

from collections import deque

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap

# Beyond that a semaphore is no semaphore; it would only take memory.
MOST_GIVERS = 1 << 16


class State:
    """What we know of one semaphore."""

    __slots__ = ("givers", "holder", "id", "is_single", "operation")

    def __init__(self, object_id: int, operation: int, value: int) -> None:
        self.id = object_id
        self.operation = operation
        self.givers: deque = deque([0] * min(value, MOST_GIVERS))
        # Who holds a semaphore of several is not one.
        self.is_single = value == 1
        self.holder = 0

    def taken(self) -> int:
        """Notes that the calling thread has taken one; returns who gave it, or 0."""
        if self.is_single:
            self.holder = recorder.current_thread_unit()
        try:
            return self.givers.popleft()
        except IndexError:
            return 0


def install(module) -> None:
    _wrap.put(module.Semaphore, "_interleave", None)
    _wrap.replace(module.Semaphore, "__init__", _init(module.BoundedSemaphore))
    _wrap.replace(module.Semaphore, "acquire", _acquire)
    _wrap.replace(module.Semaphore, "release", _release)
    _wrap.replace(module.BoundedSemaphore, "release", _release)


def _init(bounded):
    def make(original):
        def __init__(self, value=1):
            original(self, value)
            frame = originals.getframe(1)
            if isinstance(self, bounded) and objects.is_made_by_library(frame):
                frame = frame.f_back
            if not objects.is_made_by_library(frame):
                kind = "threading.BoundedSemaphore" if isinstance(self, bounded) else "threading.Semaphore"
                operation = schema.OPERATIONS[kind]
                self._interleave = State(objects.define(operation, frame, self), operation, value)

        return __init__

    return make


def _acquire(original):
    def acquire(self, blocking=True, timeout=None):
        try:
            state = self._interleave
            if state is None or not blocking and timeout is not None:
                return original(self, blocking, timeout)
            frame = originals.getframe(1)
            if original(self, False):
                recorder.record(schema.ACQUIRE | state.operation, state.id, 0, sites.of_user(frame))
                state.taken()
                return True
            if not blocking or timeout is not None and timeout <= 0:
                return False
            return _wait(original, self, state, timeout, sites.of_user(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return acquire


def _wait(original, self, state: State, timeout, site: int) -> bool:
    flags = 0 if timeout is None else schema.FLAG_0
    recorder.record(schema.WAIT | state.operation | flags, state.id, state.holder, site)
    outcome, giver = schema.OUTCOME_FAILED, 0
    try:
        is_taken = original(self, True, timeout)
        outcome = schema.OUTCOME_OK if is_taken else schema.OUTCOME_TIMEOUT
        if is_taken:
            giver = state.taken()
        return is_taken
    finally:
        recorder.record(schema.GOT | state.operation | outcome, state.id, giver, site)


def _release(original):
    def release(self, *args, **kwargs):
        try:
            state = self._interleave
            if state is None:
                return original(self, *args, **kwargs)
            count = args[0] if args else kwargs.get("n", 1)
            giving = count if type(count) is int and 0 < count <= MOST_GIVERS else 0
            recorder.record(schema.RELEASE | state.operation, state.id, 0, sites.of_user(originals.getframe(1)))
            state.holder = 0
            state.givers.extend([recorder.current_thread_unit()] * giving)
            try:
                return original(self, *args, **kwargs)
            except BaseException:
                # Released too often, or not a number of times.
                for _ in range(min(giving, len(state.givers))):
                    state.givers.pop()
                raise
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return release
