"""`concurrent.futures._base`: futures, and those who wait for them."""

from __future__ import annotations

from functools import partial

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _jobs, _leaks, _tasks, _things
from ._wrap import hide_our_frames, put, replace

_O = schema.OPERATIONS
_SET = schema.SIGNAL | _O["concurrent.futures.Future.set_result"]
_ASKED = schema.ACQUIRE | _O["concurrent.futures.Future.exception"]
_OVER = ("FINISHED", "CANCELLED", "CANCELLED_AND_NOTIFIED")
_CANCEL = schema.SIGNAL | _O["concurrent.futures.Future.cancel"]


def install(module) -> None:
    for function, operation, local in (
        (module.Future.result, "concurrent.futures.Future.result", "self"),
        (module.Future.exception, "concurrent.futures.Future.exception", "self"),
        (module.wait, "concurrent.futures.wait", "waiter"),
        (module.as_completed, "concurrent.futures.as_completed", "waiter"),
    ):
        _jobs.waiting_functions[id(function.__code__)] = (_O[operation], local)
    if recorder.end_epoch is not None:
        replace(module.Future, "result", _make_seeing("concurrent.futures.Future.result"))
        replace(module.Future, "exception", _make_seeing("concurrent.futures.Future.exception"))
    _things.watch(module.Future, "_state", _state_changed)
    put(module.Future, "_exception", _Exception())
    replace(module._Waiter, "__init__", _make_waiter)


def _make_seeing(operation: str):
    """In race mode only: who gets a result comes after who made it, also when there was nothing to wait for."""

    def make(original):
        def get(self, timeout=None):
            try:
                return original(self, timeout)
            except BaseException as error:
                hide_our_frames(error)
                raise
            finally:
                job = self.__dict__.get("_interleave_job")
                if job is not None and self.__dict__.get("_state") in _OVER:
                    recorder.saw(_O[operation], job.number, sites.of_user(originals.getframe(1)))
                self = None

        return get

    return make


def _state_changed(future, before, state, frame) -> None:
    if before is _things.MISSING:
        _watch_waits(future.__dict__.get("_condition"))
    elif state == "RUNNING":
        job = future.__dict__.get("_interleave_job")
        if job is not None and job.begins_here:
            recorder.record(schema.JOB_BEGIN, job.number, job.name, job.site)
    elif state in ("FINISHED", "CANCELLED"):
        _ended(future, state, frame)


def _ended(future, state: str, frame) -> None:
    job = future.__dict__.get("_interleave_job")
    if job is None:
        # Nobody waits for it so far, and it is no executor's.
        job = _jobs.job_of(future)
    job.ended_by = _jobs.current_unit()
    if state == "CANCELLED":
        if job.name:
            # It will never begin, which would tell its name.
            recorder.record(schema.NAME, job.number, job.name)
        recorder.record(_CANCEL, job.number, 0, sites.of_user(frame))
        return
    if job.begins_here:
        error = future.__dict__.get("_exception")
        if error is None:
            recorder.record(schema.JOB_END | schema.OUTCOME_OK, job.number)
        else:
            recorder.record(schema.JOB_END | schema.OUTCOME_FAILED, job.number, 0, _leaks.raised_at(error))
    recorder.record(_SET, job.number, 0, sites.of_user(frame))


class _Exception:
    """Stands for the attribute of futures that `result()`, `exception()` and asyncio read: who does so asks for it."""

    def __get__(self, future, kind=None):
        if future is None:
            return self
        try:
            error = future.__dict__["_exception"]
        except KeyError:
            raise AttributeError("_exception") from None
        if error is not None and recorder.run.active:
            _asked(future, originals.getframe(1))
        return error

    def __set__(self, future, error) -> None:
        future.__dict__["_exception"] = error

    def __delete__(self, future) -> None:
        try:
            del future.__dict__["_exception"]
        except KeyError:
            raise AttributeError("_exception") from None


def _asked(future, frame) -> None:
    try:
        job = future.__dict__.get("_interleave_job")
        if job is not None and job.name and not job.is_asked:
            job.is_asked = True
            recorder.record(_ASKED, job.number, 0, sites.of_user(frame))
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        _tasks.tell_fault(error)


def _watch_waits(condition) -> None:
    """Has the condition tell us when somebody sleeps on it."""
    if condition is None:
        return
    release, acquire = getattr(condition, "_release_save", None), getattr(condition, "_acquire_restore", None)
    if release is None or getattr(release, "__self__", None) is condition:
        # A plain lock, which the condition gives back by itself. The condition itself would make a cycle.
        release, acquire = condition._lock.release, condition._lock.acquire
        condition._release_save = partial(_jobs.before_wait, release)
        condition._acquire_restore = partial(_after_wait_on_plain_lock, acquire)
        return
    condition._release_save = partial(_jobs.before_wait, release)
    condition._acquire_restore = partial(_jobs.after_wait, acquire)


def _after_wait_on_plain_lock(acquire, saved) -> None:
    _jobs.after_wait(acquire)


def _make_waiter(original):
    def __init__(self):
        original(self)
        _watch_waits(getattr(self.event, "_cond", None))

    return __init__
