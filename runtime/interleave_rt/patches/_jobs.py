"""What the patches of concurrent.futures share: the jobs of executors, and the waits for their results.

A wait for a result is a wait on the condition inside of the future. It is seen at the two calls that the condition makes
of its lock, giving it back before it sleeps and taking it again afterwards: so no frame of ours is below the sleep, and
none is in the traceback of what `result()` raises.
"""

from __future__ import annotations

from functools import partial

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _tasks, _things
from ._wrap import hide_our_frames

_O = schema.OPERATIONS


class Job:
    """A future's job, or just the future's own id where no executor made it."""

    __slots__ = ("number", "name", "site", "begins_here", "ended_by", "held_by", "is_asked")

    def __init__(self, number: int) -> None:
        self.number = number
        self.name = self.site = 0
        self.begins_here = False
        """Whether it runs in a thread of this process."""
        self.ended_by = 0
        """Unit that set the result."""
        self.held_by = 0
        """Thread without which there will be no result: that of the loop which has to run the coroutine."""
        self.is_asked = False
        """Whether somebody has seen the exception that it ended with."""


def current_unit() -> int:
    """Unit of the running task, or of the thread."""
    state = _tasks.current()
    return state.unit if state is not None else recorder.current_thread_unit()


def job_of(future) -> Job:
    job = future.__dict__.get("_interleave_job")
    if job is None:
        job = future.__dict__["_interleave_job"] = Job(recorder.new_id())
    return job


def make_work_item(begins_here: bool):
    """For `_WorkItem.__init__`: the one place that all submits of an executor come by with function and future."""

    def make(original):
        def __init__(self, future, *call):
            original(self, future, *call)
            try:
                submitted(future, call, originals.getframe(1))
            except Exception as error:
                if recorder.is_foreign(error):
                    raise
                _tasks.tell_fault(error)

        return __init__

    def submitted(future, call, frame) -> None:
        executor = _things.of(_things.self_of(frame))
        job = future.__dict__["_interleave_job"] = Job(recorder.new_global_id())
        # Since 3.14 function and arguments come as one.
        function = wanted_function(call[0] if len(call) > 1 else call[0][0])
        job.begins_here = begins_here
        job.name, job.site = recorder.text(name_of(function)), sites.of_function(function)
        number = executor.number if executor is not None else 0
        recorder.record(schema.JOB_SUBMIT, job.number, number, sites.of_user(frame))

    return make


def wanted_function(function):
    """The user's function inside of what asyncio.to_thread and Executor.map hand over."""
    for _ in range(4):
        # A partial with a name of its own is shown under that name.
        if not isinstance(function, partial) or "__qualname__" in function.__dict__:
            break
        inner, rest = function.func, function.args
        is_wrapper = getattr(inner, "__name__", "") in ("run", "_process_chunk") and rest and callable(rest[0])
        if not is_wrapper:
            function = inner
            continue
        function = rest[0]
    return function


def name_of(function) -> str:
    name = getattr(function, "__qualname__", None)
    return name if isinstance(name, str) and name else type(function).__name__


def executor_made(executor, operation: int, frame) -> int:
    """Writes the executor's `object` record; `frame` is the one of its `__init__`."""
    maker = frame.f_back
    if maker is not None and maker.f_globals.get("__name__") == "asyncio.base_events":
        number = recorder.new_id()
        recorder.record(schema.OBJECT | operation, number, recorder.text("asyncio's default executor"))
    else:
        number = objects.define(operation, maker)
    _things.add(executor, operation, number)
    return number


def make_shutdown(workers: str):
    """For `shutdown`: a wait when it is asked to wait and there is somebody to wait for."""

    def make(original):
        operation = _O["concurrent.futures.Executor.shutdown"]

        def shutdown(self, *args, **options):
            waits = (args[0] if args else options.get("wait", True)) and bool(getattr(self, workers, None))
            thing = _things.of(self) if waits else None
            if thing is None:
                return original(self, *args, **options)
            site = sites.of_user(originals.getframe(1))
            recorder.record(schema.WAIT | operation, thing.number, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                original(self, *args, **options)
                outcome = schema.OUTCOME_OK
            except BaseException as error:
                hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | operation | outcome, thing.number, 0, site)

        return shutdown

    return make


class Waits(originals.ThreadLocal):
    """The waits of this thread that are going on, innermost last: (operation, future or waiter, job or None, site)."""

    stack = ()


waits = Waits()
waiting_functions: dict[int, tuple] = {}
"""id of the code of result, exception, wait, as_completed -> (operation, name of the local that tells for what)."""


def before_wait(release, *arguments):
    """Stands for `_release_save` of a future's or waiter's condition; `release` gives its lock back."""
    if recorder.run.active:
        begun = None
        try:
            begun = _begin(originals.getframe(1))
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            _tasks.tell_fault(error)
        waits.stack += (begun,)
    return release(*arguments)


def after_wait(acquire, *arguments):
    """Stands for `_acquire_restore` of the same condition; `acquire` takes its lock again."""
    try:
        return acquire(*arguments)
    finally:
        if waits.stack:
            *rest, last = waits.stack
            waits.stack = tuple(rest)
            if last is not None:
                try:
                    _end(*last)
                except Exception as error:
                    if recorder.is_foreign(error):
                        raise
                    _tasks.tell_fault(error)


def _begin(frame):
    """Writes the wait that the function of concurrent.futures below this frame begins; None when there is none."""
    for _ in range(8):
        if frame is None:
            return None
        known = waiting_functions.get(id(frame.f_code))
        if known is not None:
            break
        frame = frame.f_back
    else:
        return None
    operation, local = known
    variables = frame.f_locals
    waited_for = variables.get(local)
    job = job_of(waited_for) if local == "self" else None
    site = sites.of_user(frame)
    limited = schema.FLAG_0 if variables.get("timeout") is not None else 0
    number, holder = (job.number, job.held_by) if job is not None else (0, 0)
    recorder.record(schema.WAIT | operation | limited, number, holder, site)
    sites.tell_calls(frame, site)
    return operation, waited_for, job, site


def _end(operation: int, waited_for, job, site: int) -> None:
    if job is None:
        done = getattr(waited_for, "finished_futures", None)
        is_over = bool(done)
        by = job_of(done[-1]).ended_by if done else 0
    else:
        is_over = waited_for.__dict__.get("_state") in ("FINISHED", "CANCELLED", "CANCELLED_AND_NOTIFIED")
        by = job.ended_by if is_over else 0
    outcome = schema.OUTCOME_OK if is_over else schema.OUTCOME_TIMEOUT
    recorder.record(schema.GOT | operation | outcome, job.number if job is not None else 0, by, site)
