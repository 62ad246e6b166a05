"""`multiprocessing.synchronize`: conditions, events and barriers between processes, and the locks in `_process_locks`."""

from __future__ import annotations

import threading

from .. import _schema as schema
from .. import originals, recorder
from . import _process_locks, _processes, _wrap
from ._process_locks import Recorded, made

_O = schema.OPERATIONS
CONDITION = _O["multiprocessing.Condition.wait"]
NOTIFY = _O["multiprocessing.Condition.notify"]
EVENT = _O["multiprocessing.Event.wait"]
SET = _O["multiprocessing.Event.set"]
BARRIER = _O["multiprocessing.Barrier.wait"]


def install(module) -> None:
    _process_locks.install(module)
    _wrap.replace(module.Condition, "__init__", made(lambda _: CONDITION, _condition_id))
    _wrap.replace(module.Condition, "__enter__", _enter_condition)
    _wrap.replace(module.Condition, "__exit__", _exit_condition)
    _wrap.replace(module.Condition, "wait", _condition_wait)
    _wrap.replace(module.Condition, "notify", _notify)
    _wrap.replace(module.Condition, "notify_all", _notify_all)
    _wrap.replace(module.Event, "__init__", made(lambda _: EVENT, _event_id))
    _wrap.replace(module.Event, "wait", _wait(EVENT, _event_id))
    _wrap.replace(module.Event, "set", _event_set)
    _wrap.replace(module.Barrier, "__init__", made(lambda _: BARRIER, _barrier_id))
    if "wait" not in module.Barrier.__dict__:
        # Its own, since the inherited one would be recorded as a barrier between threads.
        unrecorded = _wrap.original_of(threading.Barrier, "wait")
        _wrap.put(module.Barrier, "wait", _barrier_wait(unrecorded))


def _condition_id(condition) -> int:
    return _processes.semaphore_id(condition._wait_semaphore)


def _event_id(event) -> int:
    return _processes.semaphore_id(event._flag)


def _barrier_id(barrier) -> int:
    return _condition_id(barrier._cond)


def _enter_condition(original):
    def __enter__(self):
        try:
            frame = originals.getframe(1)
            recorded = getattr(self._lock, "_interleave", None)
            if _processes.by_library(frame) or not isinstance(recorded, Recorded):
                return original(self)
            return recorded.acquire(_processes.site_of(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __enter__


def _exit_condition(original):
    def __exit__(self, *args):
        try:
            frame = originals.getframe(1)
            recorded = getattr(self._lock, "_interleave", None)
            if _processes.by_library(frame) or not isinstance(recorded, Recorded):
                return original(self, *args)
            return recorded.release(_processes.site_of(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __exit__


def _condition_wait(original):
    def wait(self, timeout=None):
        frame = originals.getframe(1)
        recorded = getattr(self._lock, "_interleave", None)
        if _is_inner(frame) or not isinstance(recorded, Recorded) or not self._lock._semlock._is_mine():
            try:
                return original(self, timeout)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        known, lock, site = _condition_id(self), _processes.semaphore_id(self._lock), _processes.site_of(frame)
        limited = schema.FLAG_0 if timeout is not None else 0
        # What the wait does to the lock: gives it away for as long, and has it again afterwards.
        recorder.record(schema.RELEASE | recorded.operation, lock, 0, site)
        recorder.record(schema.WAIT | CONDITION | limited, known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            woken = original(self, timeout)
            outcome = schema.OUTCOME_OK if woken else schema.OUTCOME_TIMEOUT
            return woken
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | CONDITION | outcome, known, 0, site)
            recorder.record(schema.ACQUIRE | recorded.operation, lock, 0, site)

    return wait


def _is_inner(frame) -> bool:
    """Whether a condition is used by an event, a barrier or a queue; its own `wait_for` waits for whoever called that."""
    if _processes.by_library(frame) and frame.f_code.co_name == "wait_for" and frame.f_back is not None:
        frame = frame.f_back
    return _processes.by_library(frame)


def _notify(original):
    def notify(self, n=1):
        _signal(self, originals.getframe(1), n)
        try:
            original(self, n)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return notify


def _notify_all(original):
    def notify_all(self):
        # The `notify` that it calls is the library's and not recorded.
        _signal(self, originals.getframe(1), 0)
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return notify_all


def _signal(condition, frame, n: int) -> None:
    """`n` is how many are woken, 0: all."""
    if not _processes.by_library(frame):
        recorder.record(schema.SIGNAL | NOTIFY, _condition_id(condition), n, _processes.site_of(frame))


def _wait(operation: int, id_of):
    def make(original):
        def wait(self, timeout=None):
            frame = originals.getframe(1)
            if _processes.by_library(frame):
                try:
                    return original(self, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise
            known, site = id_of(self), _processes.site_of(frame)
            limited = schema.FLAG_0 if timeout is not None else 0
            recorder.record(schema.WAIT | operation | limited, known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                reached = original(self, timeout)
                outcome = schema.OUTCOME_OK if reached else schema.OUTCOME_TIMEOUT
                return reached
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | operation | outcome, known, 0, site)

        return wait

    return make


def _event_set(original):
    def set(self):
        frame = originals.getframe(1)
        if not _processes.by_library(frame):
            recorder.record(schema.SIGNAL | SET, _event_id(self), 0, _processes.site_of(frame))
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return set


def _barrier_wait(original):
    def wait(self, timeout=None):
        frame = originals.getframe(1)
        known, site = _barrier_id(self), _processes.site_of(frame)
        limited = schema.FLAG_0 if timeout is not None else 0
        # Each arrival may be the last one, which lets the others go.
        recorder.record(schema.SIGNAL | BARRIER, known, 0, site)
        recorder.record(schema.WAIT | BARRIER | limited, known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            index = original(self, timeout)
            outcome = schema.OUTCOME_OK
            return index
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | BARRIER | outcome, known, 0, site)

    wait.__doc__ = original.__doc__
    wait.__module__, wait.__qualname__ = original.__module__, original.__qualname__
    return wait
