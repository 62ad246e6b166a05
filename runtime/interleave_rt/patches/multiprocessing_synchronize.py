"""`multiprocessing.synchronize`: locks, semaphores, conditions, events and barriers between processes.

Each has an id that is the same in all processes. Who holds a lock in another process cannot be known here; acquire,
release, wait and got are recorded with that id, and readers of the trace find the holder by time.
"""

from __future__ import annotations

import threading

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _processes, _wrap

getframe, by_code = originals.getframe, sites.by_code
nothing: dict[int, int] = {}

_O = schema.OPERATIONS
LOCK = _O["multiprocessing.Lock"]
RLOCK = _O["multiprocessing.RLock"]
SEMAPHORE = _O["multiprocessing.Semaphore"]
BOUNDED = _O["multiprocessing.BoundedSemaphore"]
CONDITION = _O["multiprocessing.Condition.wait"]
NOTIFY = _O["multiprocessing.Condition.notify"]
EVENT = _O["multiprocessing.Event.wait"]
SET = _O["multiprocessing.Event.set"]
BARRIER = _O["multiprocessing.Barrier.wait"]


def install(module) -> None:
    operations = ((module.Lock, LOCK), (module.RLock, RLOCK), (module.BoundedSemaphore, BOUNDED),
                  (module.Semaphore, SEMAPHORE))  # fmt: skip

    def operation_of(semaphore) -> int:
        return next((operation for kind, operation in operations if isinstance(semaphore, kind)), SEMAPHORE)

    _wrap.replace(module.SemLock, "__init__", _made(operation_of, _processes.semaphore_id))
    _wrap.replace(module.SemLock, "_make_methods", _make_methods(operation_of))
    _wrap.replace(module.SemLock, "__enter__", _enter)
    _wrap.replace(module.SemLock, "__exit__", _exit)
    _wrap.replace(module.Condition, "__init__", _made(lambda _: CONDITION, _condition_id))
    _wrap.replace(module.Condition, "__enter__", _enter_condition)
    _wrap.replace(module.Condition, "__exit__", _exit_condition)
    _wrap.replace(module.Condition, "wait", _condition_wait)
    _wrap.replace(module.Condition, "notify", _notify)
    _wrap.replace(module.Condition, "notify_all", _notify_all)
    _wrap.replace(module.Event, "__init__", _made(lambda _: EVENT, _event_id))
    _wrap.replace(module.Event, "wait", _wait(EVENT, _event_id))
    _wrap.replace(module.Event, "set", _event_set)
    _wrap.replace(module.Barrier, "__init__", _made(lambda _: BARRIER, _barrier_id))
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


def _made(operation_of, id_of):
    def make(original):
        def __init__(self, *args, **kwargs):
            try:
                original(self, *args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            known = id_of(self)
            frame = _processes.maker(_processes.outside_of_init(originals.getframe(1), self))
            if not _processes.by_library(frame) and not _processes.by_shared_value(frame):
                _processes.announce(operation_of(self), known, frame)
                if "_interleave" in self.__dict__:
                    self.__dict__["_interleave"].announced = True

        return __init__

    return make


class Recorded:
    """A semaphore's recording methods, and what they record; `announced` when its making was recorded here."""

    __slots__ = ("operation", "announced", "acquire", "release")

    def __init__(self, semaphore, operation: int) -> None:
        self.operation = operation
        self.announced = False
        self.acquire, self.release = _methods(self, _processes.semaphore_id(semaphore), semaphore._semlock)


def _make_methods(operation_of):
    def make(original):
        def _make_methods(self):
            try:
                original(self)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            take, give = self.acquire, self.release
            recorded = self.__dict__["_interleave"] = Recorded(self, operation_of(self))
            acquire_at, release_at = recorded.acquire, recorded.release

            def acquire(block=True, timeout=None):
                try:
                    frame = getframe(1)
                    # A place that is known already is the user's, since the library's are never asked for.
                    site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
                    if site < 0:
                        if _processes.by_library(frame):
                            return take(block, timeout)
                        site = _processes.site_of(frame)
                    return acquire_at(site, block, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise

            def release():
                try:
                    frame = getframe(1)
                    site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
                    if site < 0:
                        if _processes.by_library(frame):
                            return give()
                        site = _processes.site_of(frame)
                    return release_at(site)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise

            self.acquire, self.release = acquire, release

        return _make_methods

    return make


def _methods(recorded: Recorded, known: int, semlock):
    take, give, depth = semlock.acquire, semlock.release, semlock._count
    recursive = semlock.kind == 0
    record = recorder.record

    def acquire(site: int, block=True, timeout=None):
        if take(False):
            try:
                if not recursive or depth() == 1:
                    record(schema.ACQUIRE | recorded.operation, known, 0, site)
            except BaseException:
                # Ctrl+C struck here: the caller will never know that the lock was taken.
                give()
                raise
            return True
        operation = recorded.operation
        if not block:
            record(schema.GOT | operation | schema.OUTCOME_REFUSED, known, 0, site)
            return False
        record(schema.WAIT | operation | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
        try:
            taken = take(True, timeout)
        except BaseException:
            record(schema.GOT | operation | schema.OUTCOME_FAILED, known, 0, site)
            raise
        try:
            record(schema.GOT | operation | (schema.OUTCOME_OK if taken else schema.OUTCOME_TIMEOUT), known, 0, site)
        except BaseException:
            if taken:
                give()
            raise
        return taken

    def release(site: int):
        if not recursive or depth() == 1:
            record(schema.RELEASE | recorded.operation, known, 0, site)
        return give()

    return acquire, release


def _enter(original):
    def __enter__(self):
        try:
            frame = getframe(1)
            site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
            if site < 0:
                if _processes.by_library(frame):
                    return original(self)
                site = _processes.site_of(frame)
            return self.__dict__["_interleave"].acquire(site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __enter__


def _exit(original):
    def __exit__(self, *args):
        try:
            frame = getframe(1)
            site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
            if site < 0:
                if _processes.by_library(frame):
                    return original(self, *args)
                site = _processes.site_of(frame)
            return self.__dict__["_interleave"].release(site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __exit__


def _enter_condition(original):
    def __enter__(self):
        try:
            frame = getframe(1)
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
            frame = getframe(1)
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
