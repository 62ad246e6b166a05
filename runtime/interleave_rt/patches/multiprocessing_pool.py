"""`multiprocessing.pool`: calls as jobs, from their submission over the worker to the result.

Nothing is added to what travels between the processes. A job is known everywhere by the pid of the pool's process, the
number that the pool gives to each call, and the part's number inside it; its id is made from these three.
"""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _processes, _wrap

_O = schema.OPERATIONS
POOL = _O["multiprocessing.Pool"]
JOIN = _O["multiprocessing.Pool.join"]
IDLE = _O["multiprocessing.Pool.idle"]
NEXT = _O["multiprocessing.Pool.imap"]
RESULT_WAIT = _O["multiprocessing.AsyncResult.wait"]
RESULT_GET = _O["multiprocessing.AsyncResult.get"]
_THROUGH = {
    "apply": _O["multiprocessing.Pool.apply"],
    "map": _O["multiprocessing.Pool.map"],
    "starmap": _O["multiprocessing.Pool.starmap"],
}
"""Methods of a pool that wait for their own result, and the words for that."""


def install(module) -> None:
    pool = module.Pool
    _processes.pool_worker[id(module.worker.__code__)] = _Worker()
    _wrap.replace(pool, "__init__", _made)
    _wrap.replace(pool, "join", _join)
    for name in ("_handle_workers", "_handle_tasks", "_handle_results"):
        _wrap.replace(pool, name, _processes.idle_while(IDLE))
    _wrap.replace(module.ApplyResult, "__init__", _submitted(module.ApplyResult))
    _wrap.replace(module.MapResult, "__init__", _submitted_parts)
    _wrap.replace(module.ApplyResult, "get", _get)
    _wrap.replace(module.ApplyResult, "wait", _wait)
    _wrap.replace(module.ApplyResult, "_set", _set)
    _wrap.replace(module.MapResult, "_set", _set)
    _wrap.replace(module.IMapIterator, "__init__", _iterated)
    _wrap.replace(module.IMapIterator, "next", _next)
    _wrap.replace(pool, "_guarded_task_generation", _guarded_task_generation)
    _wrap.replace(module.ThreadPool, "_setup_queues", _setup_queues)


def _pool_id(pool) -> int:
    queue = pool._inqueue
    return _processes.queue_id(queue) if hasattr(queue, "_rlock") else _processes.attached_id(queue)


def _job_id(pid: int, job: int, part: int) -> int:
    return recorder.named_id("pool job %d %d %d" % (pid, job, part))


def _result_id(result) -> int:
    """A call's own job; of a call in parts, something that stands for all of them."""
    part = 0 if type(result).__name__ == "ApplyResult" else -1
    return _job_id(originals.getpid(), result._job, part)


def _made(original):
    def __init__(self, *args, **kwargs):
        try:
            original(self, *args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        frame = _processes.maker(_processes.outside_of_init(originals.getframe(1), self))
        _processes.announce(POOL, _pool_id(self), frame)

    return __init__


def _submitted(plain):
    def make(original):
        def __init__(self, pool, *args, **kwargs):
            try:
                original(self, pool, *args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            if type(self) is plain:
                # Before the call is on its way, as a worker may have it at once.
                site = _processes.site_of(originals.getframe(1))
                job = _job_id(originals.getpid(), self._job, 0)
                recorder.record(schema.JOB_SUBMIT | POOL, job, _pool_id(pool), site)

        return __init__

    return make


def _submitted_parts(original):
    def __init__(self, pool, *args, **kwargs):
        try:
            original(self, pool, *args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        site, known, pid = _processes.site_of(originals.getframe(1)), _pool_id(pool), originals.getpid()
        recorder.record(schema.OBJECT | _THROUGH["map"], _result_id(self), 0, site)
        for part in range(self._number_left):
            recorder.record(schema.JOB_SUBMIT | POOL, _job_id(pid, self._job, part), known, site)

    return __init__


def _iterated(original):
    def __init__(self, pool, *args, **kwargs):
        try:
            original(self, pool, *args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        self.__dict__["_interleave_site"] = _processes.site_of(originals.getframe(1))

    return __init__


def _guarded_task_generation(original):
    def _guarded_task_generation(self, result_job, func, iterable):
        result = self._cache.get(result_job)
        try:
            tasks = original(self, result_job, func, iterable)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        if result is None or "_interleave_site" not in result.__dict__:
            return tasks
        return _submitting(tasks, result.__dict__["_interleave_site"], _pool_id(self))

    return _guarded_task_generation


def _submitting(tasks, site: int, pool: int):
    """The parts of an `imap` are made one by one, by the pool's own thread."""
    for task in tasks:
        recorder.record(schema.JOB_SUBMIT | POOL, _job_id(originals.getpid(), task[0], task[1]), pool, site)
        yield task


class _Worker:
    """Takes note of what `worker` gets and gives back. One for all threads; `_current` is keyed by thread."""

    def __init__(self) -> None:
        self._current: dict[int, int] = {}

    def take(self, pool: int, original, *args, pid: int = 0):
        recorder.record(schema.WAIT | IDLE, pool)
        task = None
        try:
            task = original(*args)
            return task
        finally:
            recorder.record(schema.GOT | IDLE, pool)
            if task is not None:
                self._begin(pid or _owner(), *task)

    def _begin(self, pid: int, job: int, part: int, function, args, kwargs) -> None:
        known = self._current[originals.get_ident()] = _job_id(pid, job, part)
        if getattr(function, "__module__", "") == "multiprocessing.pool" and args and isinstance(args[0], tuple):
            function = args[0][0]  # Of a part of a map, the function that is mapped.
        name = getattr(function, "__qualname__", None) or type(function).__name__
        recorder.record(schema.JOB_BEGIN | POOL, known, recorder.text(name), sites.of_function(function))

    def give(self, item) -> None:
        known = self._current.pop(originals.get_ident(), None)
        # When a result cannot be sent, the worker gives an error instead; the job has ended by then.
        if known is not None:
            outcome = schema.OUTCOME_OK if item[2][0] else schema.OUTCOME_FAILED
            recorder.record(schema.JOB_END | POOL | outcome, known)


def _owner() -> int:
    """pid of the process whose pool this worker process belongs to."""
    parent = sys.modules["multiprocessing.process"].parent_process()
    return parent.pid if parent is not None else originals.getppid()


def _setup_queues(original):
    def _setup_queues(self):
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        # C's SimpleQueue cannot be changed in place; a thread pool gets one of ours that behaves the same.
        plain = type(self._inqueue)
        worker = next(iter(_processes.pool_worker.values()))
        codes = _processes.pool_worker

        class Calls(plain):
            def get(self, block=True, timeout=None):
                if id(originals.getframe(1).f_code) not in codes:
                    try:
                        return plain.get(self, block, timeout)
                    except BaseException as error:
                        _wrap.hide_our_frames(error)
                        raise
                known = _processes.attached_id(self)
                return worker.take(known, plain.get, self, block, timeout, pid=originals.getpid())

        class Results(plain):
            def put(self, item, block=True, timeout=None):
                if id(originals.getframe(1).f_code) in codes:
                    worker.give(item)
                try:
                    plain.put(self, item, block, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise

        self._inqueue, self._outqueue = Calls(), Results()
        self._quick_put, self._quick_get = self._inqueue.put, self._outqueue.get

    return _setup_queues


def _get(original):
    def get(self, timeout=None):
        try:
            frame = originals.getframe(1)
            operation = RESULT_GET
            if _processes.by_library(frame):
                operation = _THROUGH.get(frame.f_code.co_name, 0)
                if not operation:
                    return original(self, timeout)
            return _waiting(original, operation, self, timeout, _processes.site_of(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return get


def _wait(original):
    def wait(self, timeout=None):
        try:
            frame = originals.getframe(1)
            if _processes.by_library(frame):
                return original(self, timeout)
            return _waiting(original, RESULT_WAIT, self, timeout, _processes.site_of(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return wait


def _waiting(original, operation: int, result, timeout, site: int):
    known = _result_id(result)
    recorder.record(schema.WAIT | operation | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
    try:
        return original(result, timeout)
    finally:
        # The result is there although `get` raises it, when it is an exception.
        outcome = schema.OUTCOME_OK if result.ready() else schema.OUTCOME_TIMEOUT
        recorder.record(schema.GOT | operation | outcome, known, result.__dict__.get("_interleave_last", 0), site)


def _set(original):
    def _set(self, i, obj):
        # The part that came last is the one that ends the wait.
        part = i if type(self).__name__ != "ApplyResult" else 0
        self.__dict__["_interleave_last"] = _job_id(originals.getpid(), self._job, part)
        try:
            original(self, i, obj)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return _set


def _next(original):
    def next(self, timeout=None):
        frame = originals.getframe(1)
        generated = frame.f_code.co_name == "<genexpr>"
        if self._items or self._length == self._index or (_processes.by_library(frame) and not generated):
            try:
                return original(self, timeout)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        known, site = _result_id(self), _processes.site_of(frame)
        recorder.record(schema.WAIT | NEXT | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
        outcome = schema.OUTCOME_OK
        try:
            return original(self, timeout)
        except BaseException as error:
            if type(error).__name__ == "TimeoutError" and timeout is not None:
                outcome = schema.OUTCOME_TIMEOUT
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | NEXT | outcome, known, 0, site)

    return next


def _join(original):
    def join(self):
        known, site = _pool_id(self), _processes.site_of(originals.getframe(1))
        recorder.record(schema.WAIT | JOIN, known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            original(self)
            outcome = schema.OUTCOME_OK
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | JOIN | outcome, known, 0, site)

    return join
