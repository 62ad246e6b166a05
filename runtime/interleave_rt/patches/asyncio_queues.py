"""`asyncio.queues`: Queue, LifoQueue, PriorityQueue."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _tasks, _things
from ._tasks import Known
from ._wrap import replace

_O = schema.OPERATIONS
_JOIN = _O["asyncio.Queue.join"]
_DONE = schema.SIGNAL | _O["asyncio.Queue.task_done"]


def install(module) -> None:
    kinds = ((module.PriorityQueue, "asyncio.PriorityQueue"), (module.LifoQueue, "asyncio.LifoQueue"))

    def operation_of(queue, method: str) -> int:
        name = next((name for kind, name in kinds if isinstance(queue, kind)), "asyncio.Queue")
        return _O[name + "." + method]

    queue = module.Queue
    _tasks.know(queue.get, Known("asyncio.Queue.get", _find(operation_of, "get")))
    _tasks.know(queue.put, Known("asyncio.Queue.put", _find(operation_of, "put")))
    _tasks.know(queue.join, Known("asyncio.Queue.join", _things.finder(_JOIN), covers=True))
    _things.watch(queue, "_unfinished_tasks", _count_changed(operation_of))
    replace(queue, "_wakeup_next", _make_wakeup_next(operation_of, queue.get_nowait.__code__))


def _find(operation_of, method: str):
    def find(frame, future) -> tuple:
        queue = _things.self_of(frame)
        thing = _things.of(queue)
        return operation_of(queue, method), thing.number if thing is not None else 0, 0, True

    return find


def _count_changed(operation_of):
    def changed(queue, before, after, frame) -> None:
        if before is _things.MISSING:
            _things.made(queue, operation_of(queue, "get"), frame.f_back)
            return
        thing = _things.of(queue)
        if thing is None:
            return
        signal = schema.SIGNAL | operation_of(queue, "put") if after > before else _DONE
        recorder.record(signal, thing.number, 0, sites.of_user(frame))

    return changed


def _make_wakeup_next(operation_of, get_nowait):
    """A get that makes room for somebody who waits to put."""

    def make(original):
        def _wakeup_next(self, waiters):
            frame = originals.getframe(1)
            if waiters and frame.f_code is get_nowait:
                thing = _things.of(self)
                if thing is not None:
                    signal = schema.SIGNAL | operation_of(self, "get")
                    recorder.record(signal, thing.number, 0, sites.of_user(frame))
            return original(self, waiters)

        return _wakeup_next

    return make
