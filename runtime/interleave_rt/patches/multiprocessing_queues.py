"""`multiprocessing.queues`: one wait for each `get`, `put` and `join`, whatever locks and pipes are behind it."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder
from . import _processes, _wrap

_O = schema.OPERATIONS
GET = _O["multiprocessing.Queue.get"]
PUT = _O["multiprocessing.Queue.put"]
SIMPLE_GET = _O["multiprocessing.SimpleQueue.get"]
SIMPLE_PUT = _O["multiprocessing.SimpleQueue.put"]
JOINABLE_GET = _O["multiprocessing.JoinableQueue.get"]
JOINABLE_PUT = _O["multiprocessing.JoinableQueue.put"]
JOIN = _O["multiprocessing.JoinableQueue.join"]
IDLE = _O["multiprocessing.Queue.idle"]
TASK_DONE = _O["multiprocessing.JoinableQueue.task_done"]


def install(module) -> None:
    queue, joinable, simple = module.Queue, module.JoinableQueue, module.SimpleQueue
    operation_of = {queue: GET, joinable: JOINABLE_GET, simple: SIMPLE_GET}

    def made_operation(thing) -> int:
        return next((operation_of[kind] for kind in type(thing).__mro__ if kind in operation_of), GET)

    def get_operation(thing) -> int:
        return JOINABLE_GET if isinstance(thing, joinable) else GET

    def put_operation(thing) -> int:
        return JOINABLE_PUT if isinstance(thing, joinable) else PUT

    for kind in (queue, simple):
        _wrap.replace(kind, "__init__", _made(made_operation))
    _wrap.replace(queue, "get", _get(get_operation, module.Empty))
    _wrap.replace(queue, "put", _put(put_operation, module.Full))
    _wrap.replace(queue, "_feed", _processes.idle_while(IDLE))
    _wrap.replace(joinable, "put", _put(put_operation, module.Full))
    _wrap.replace(joinable, "join", _join)
    _wrap.replace(joinable, "task_done", _task_done)
    _wrap.replace(simple, "get", _simple_get)
    _wrap.replace(simple, "put", _simple_put)


def _made(operation_of):
    def make(original):
        def __init__(self, *args, **kwargs):
            try:
                original(self, *args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            frame = _processes.maker(_processes.outside_of_init(originals.getframe(1), self))
            if not _processes.by_library(frame):
                _processes.announce(operation_of(self), _processes.queue_id(self), frame)

        return __init__

    return make


def _get(operation_of, empty):
    def make(original):
        def get(self, block=True, timeout=None):
            frame = originals.getframe(1)
            if _inner(frame, ("get_nowait",)):
                try:
                    return original(self, block, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise
            known, operation, site = _processes.queue_id(self), operation_of(self), _processes.site_of(frame)
            recorder.record(schema.WAIT | operation | _limited(block, timeout), known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                item = original(self, block, timeout)
                outcome = schema.OUTCOME_OK
                return item
            except BaseException as error:
                if isinstance(error, empty):
                    outcome = schema.OUTCOME_TIMEOUT if block else schema.OUTCOME_REFUSED
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | operation | outcome, known, 0, site)

        return get

    return make


def _put(operation_of, full):
    def make(original):
        def put(self, obj, block=True, timeout=None):
            frame = originals.getframe(1)
            if _inner(frame, ("put_nowait",)):
                try:
                    return original(self, obj, block, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise
            known, operation, site = _processes.queue_id(self), operation_of(self), _processes.site_of(frame)
            # Only a queue with a limit that has been reached makes one wait; a queue without one counts as well.
            waits = not self._closed and self._sem._semlock._is_zero()
            if not waits:
                recorder.record(schema.SIGNAL | operation, known, 0, site)
            else:
                recorder.record(schema.WAIT | operation | _limited(block, timeout), known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                original(self, obj, block, timeout)
                outcome = schema.OUTCOME_OK
            except BaseException as error:
                if isinstance(error, full):
                    outcome = schema.OUTCOME_TIMEOUT if block else schema.OUTCOME_REFUSED
                _wrap.hide_our_frames(error)
                raise
            finally:
                if waits:
                    recorder.record(schema.GOT | operation | outcome, known, 0, site)
                    if outcome == schema.OUTCOME_OK:
                        recorder.record(schema.SIGNAL | operation, known, 0, site)

        return put

    return make


def _inner(frame, own: tuple) -> bool:
    return _processes.by_library(frame) and not (
        frame.f_code.co_name in own and frame.f_back is not None and not _processes.by_library(frame.f_back)
    )


def _limited(block, timeout) -> int:
    return schema.FLAG_0 if not block or timeout is not None else 0


def _join(original):
    def join(self):
        frame = originals.getframe(1)
        known, site = _processes.queue_id(self), _processes.site_of(frame)
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


def _task_done(original):
    def task_done(self):
        site = _processes.site_of(originals.getframe(1))
        recorder.record(schema.SIGNAL | TASK_DONE, _processes.queue_id(self), 0, site)
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return task_done


def _simple_get(original):
    def get(self):
        frame = originals.getframe(1)
        if _processes.by_library(frame):
            worker = _processes.pool_worker.get(id(frame.f_code))
            try:
                return original(self) if worker is None else worker.take(_processes.queue_id(self), original, self)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        known, site = _processes.queue_id(self), _processes.site_of(frame)
        recorder.record(schema.WAIT | SIMPLE_GET, known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            item = original(self)
            outcome = schema.OUTCOME_OK
            return item
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | SIMPLE_GET | outcome, known, 0, site)

    return get


def _simple_put(original):
    def put(self, obj):
        frame = originals.getframe(1)
        if not _processes.by_library(frame):
            recorder.record(schema.SIGNAL | SIMPLE_PUT, _processes.queue_id(self), 0, _processes.site_of(frame))
        else:
            worker = _processes.pool_worker.get(id(frame.f_code))
            if worker is not None:
                worker.give(obj)
        try:
            original(self, obj)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return put
