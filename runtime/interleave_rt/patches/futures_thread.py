"""`concurrent.futures.thread`: thread pools, and the pools of interpreters that are made of them."""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import recorder
from . import _jobs, _things
from ._wrap import replace

_O = schema.OPERATIONS
_THREADS = _O["concurrent.futures.ThreadPoolExecutor"]
_INTERPRETERS = _O["concurrent.futures.InterpreterPoolExecutor"]
_IDLE = _O["concurrent.futures.ThreadPoolExecutor.idle"]


def install(module) -> None:
    replace(module._WorkItem, "__init__", _jobs.make_work_item(begins_here=True))
    replace(module.ThreadPoolExecutor, "shutdown", _jobs.make_shutdown("_threads"))
    _things.watch(module.ThreadPoolExecutor, "_work_queue", _queue_set)


def _queue_set(executor, before, work_queue, frame) -> None:
    """The executor is being made: puts a queue in its place that tells when a worker has nothing to do."""
    if before is not _things.MISSING:
        return
    interpreters = sys.modules.get("concurrent.futures.interpreter")
    is_interpreters = interpreters is not None and isinstance(executor, interpreters.InterpreterPoolExecutor)
    while frame.f_back is not None and frame.f_back.f_locals.get("self") is executor:
        frame = frame.f_back
    number = _jobs.executor_made(executor, _INTERPRETERS if is_interpreters else _THREADS, frame)
    kind = type(work_queue).__mro__[-2]
    if kind.__name__ == "SimpleQueue":
        executor.__dict__["_work_queue"] = _work_queue(kind, number)


def _work_queue(kind: type, number: int):
    original = kind.get
    wait, got = schema.WAIT | _IDLE, schema.GOT | _IDLE

    class SimpleQueue(kind):
        __slots__ = ()

        def get(self, block=True, timeout=None):
            if not block:
                return original(self, block, timeout)
            recorder.record(wait, number)
            try:
                return original(self, block, timeout)
            finally:
                recorder.record(got, number)

    SimpleQueue.__module__ = kind.__module__
    SimpleQueue.__qualname__ = kind.__qualname__
    return SimpleQueue()
