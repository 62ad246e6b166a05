"""`threading.Barrier`: who waits at it, and who came last or broke it."""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap

WAIT = schema.OPERATIONS["threading.Barrier.wait"]
ABORT = schema.SIGNAL | schema.OPERATIONS["threading.Barrier.abort"]


class State:
    """What we know of one barrier. `ender` changes under the barrier's own lock."""

    __slots__ = ("ender", "id")

    def __init__(self, object_id: int) -> None:
        self.id = object_id
        self.ender = 0


def install(module) -> None:
    _wrap.put(module.Barrier, "_interleave", None)
    _wrap.replace(module.Barrier, "__init__", _init)
    # `_wait` is called by all but the last, `_release` by the last, `_break` by who gives up or aborts.
    _wrap.replace(module.Barrier, "_wait", _wait)
    _wrap.replace(module.Barrier, "_release", _end(schema.SIGNAL | WAIT))
    _wrap.replace(module.Barrier, "_break", _end(ABORT))


def _init(original):
    def __init__(self, parties, action=None, timeout=None):
        original(self, parties, action, timeout)
        frame = originals.getframe(1)
        if not objects.is_made_by_library(frame):
            self._interleave = State(objects.define(WAIT, frame, self))

    return __init__


def _wait(original):
    def _wait(self, timeout):
        try:
            state = self._interleave
            if state is None:
                return original(self, timeout)
            return _wait_recorded(original, self, timeout, state, sites.of_user(originals.getframe(1)))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return _wait


def _wait_recorded(original, barrier, timeout, state: State, site: int):
    recorder.record(schema.WAIT | WAIT | (0 if timeout is None else schema.FLAG_0), state.id, 0, site)
    outcome = schema.OUTCOME_OK
    try:
        return original(barrier, timeout)
    except BaseException:
        gave_up_itself = state.ender == recorder.current_thread_unit()
        outcome = schema.OUTCOME_TIMEOUT if gave_up_itself else schema.OUTCOME_FAILED
        raise
    finally:
        recorder.record(schema.GOT | WAIT | outcome, state.id, state.ender, site)


def _end(commit: int):
    def make(original):
        def end(self):
            state = self._interleave
            if state is not None:
                state.ender = recorder.current_thread_unit()
                recorder.record(commit, state.id, 0, sites.of_user(originals.getframe(1)))
            original(self)

        return end

    return make
