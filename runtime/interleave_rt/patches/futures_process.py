"""`concurrent.futures.process`: process pools.

The number of a job travels as an attribute of the item by which the call is sent; a worker that is not recorded does not
notice it. In the worker nothing is put around the user's function: the job begins where its call leaves the queue and
ends where the result is sent back, so remote tracebacks are what they were.
"""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _jobs, _things
from ._wrap import hide_our_frames, original_of, put, replace

_O = schema.OPERATIONS
_POOL = _O["concurrent.futures.ProcessPoolExecutor"]
_IDLE = _O["concurrent.futures.ProcessPoolExecutor.idle"]


class Worker:
    """The job that this process runs; a worker runs one at a time, in its main thread."""

    job = 0


def install(module) -> None:
    executor = module.ProcessPoolExecutor
    replace(module._WorkItem, "__init__", _jobs.make_work_item(begins_here=False))
    replace(module._CallItem, "__init__", _make_call_item)
    replace(module, "_sendback_result", _make_sendback)
    replace(executor, "shutdown", _jobs.make_shutdown("_processes"))
    _things.watch(executor, "_shutdown_thread", _executor_made)
    queue = module._SafeQueue
    # The multiprocessing queue's own, so that this wait is told once.
    original = original_of(module.mp.queues.Queue, "get")

    def get(self, block=True, timeout=None):
        if not block:
            return original(self, block, timeout)
        recorder.record(schema.WAIT | _IDLE)
        try:
            item = original(self, block, timeout)
        except BaseException as error:
            hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | _IDLE)
        _begin(item)
        return item

    get.__qualname__, get.__module__ = original.__qualname__, original.__module__
    put(queue, "get", get)


def _executor_made(executor, before, after, frame) -> None:
    if before is _things.MISSING:
        _jobs.executor_made(executor, _POOL, frame)


def _make_call_item(original):
    def __init__(self, work_id, fn, args, kwargs):
        original(self, work_id, fn, args, kwargs)
        item = originals.getframe(1).f_locals.get("work_item")
        job = item.future.__dict__.get("_interleave_job") if item is not None else None
        if job is not None:
            self._interleave_job = job.number

    return __init__


def _begin(item) -> None:
    Worker.job = getattr(item, "_interleave_job", 0)
    if Worker.job:
        function = _jobs.wanted_function(item.fn)
        name = recorder.text(_jobs.name_of(function))
        recorder.record(schema.JOB_BEGIN, Worker.job, name, sites.of_function(function))


def _make_sendback(original):
    def _sendback_result(result_queue, work_id, result=None, exception=None, **more):
        if Worker.job:
            outcome = schema.OUTCOME_OK if exception is None else schema.OUTCOME_FAILED
            recorder.record(schema.JOB_END | outcome, Worker.job)
            Worker.job = 0
        return original(result_queue, work_id, result=result, exception=exception, **more)

    return _sendback_result
