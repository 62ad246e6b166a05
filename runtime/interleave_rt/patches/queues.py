"""`queue`: Queue, LifoQueue, PriorityQueue and, in `_simple_queues.py`, SimpleQueue.

Beside the items of a queue stand those who put them, in the same order, so that a get that had to wait knows from whom
its item came; both are moved in `_put` and `_get`, which the queue calls while it holds its own lock. A queue that keeps
another order, or that the user has given another `_put`, knows only who put last.
"""

from __future__ import annotations

from collections import deque

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _simple_queues, _wrap


class Kind:
    """How the records of one class of queues call what is done with them."""

    __slots__ = ("get", "put", "signal")

    def __init__(self, name: str) -> None:
        self.get = schema.OPERATIONS["queue.%s.get" % name]
        self.put = schema.OPERATIONS["queue.%s.put" % name]
        self.signal = schema.SIGNAL | self.put


JOIN = schema.OPERATIONS["queue.Queue.join"]
TASK_DONE = schema.SIGNAL | schema.OPERATIONS["queue.Queue.task_done"]
QUEUE, LIFO, PRIORITY = Kind("Queue"), Kind("LifoQueue"), Kind("PriorityQueue")


class State:
    """What we know of one queue. All but `id` and `kind` change under the queue's own lock, or need not be exact."""

    __slots__ = ("finisher", "getter", "id", "kind", "putter", "putters")

    def __init__(self, object_id: int, kind: Kind) -> None:
        self.id = object_id
        self.kind = kind
        self.putters: deque = deque()
        self.putter = self.getter = self.finisher = 0


def install(module) -> None:
    queue = module.Queue
    _wrap.put(queue, "_interleave", None)
    _wrap.replace(queue, "__init__", _init(module))
    _wrap.replace(queue, "put", _put(module.Full))
    _wrap.replace(queue, "get", _get(module.Empty))
    _wrap.replace(queue, "join", _join)
    _wrap.replace(queue, "task_done", _task_done)
    take_first, take_last = deque.popleft, deque.pop
    for owner, take in ((queue, take_first), (module.LifoQueue, take_last)):
        _wrap.replace(owner, "_put", _keep_putter)
        _wrap.replace(owner, "_get", _take_putter(take))
    _simple_queues.install(module)


def _init(module):
    def make(original):
        def __init__(self, maxsize=0):
            original(self, maxsize)
            frame = originals.getframe(1)
            if objects.is_made_by_library(frame):
                return
            is_lifo, is_priority = isinstance(self, module.LifoQueue), isinstance(self, module.PriorityQueue)
            kind = LIFO if is_lifo else PRIORITY if is_priority else QUEUE
            self._interleave = State(objects.define(kind.get, frame, self), kind)

        return __init__

    return make


def _keep_putter(original):
    local, unit_of_thread = recorder.local, recorder.current_thread_unit

    def _put(self, item):
        original(self, item)
        state = self._interleave
        if state is not None:
            try:
                state.putters.append(local.w[3])
            except AttributeError:
                state.putters.append(unit_of_thread())

    return _put


def _take_putter(take):
    local = recorder.local

    def make(original):
        def _get(self):
            item = original(self)
            state = self._interleave
            if state is not None and state.putters:
                local.putter = take(state.putters)
            return item

        return _get

    return make


def _put(full):
    getframe, by_code, site_of = originals.getframe, sites.by_code, sites.of_user
    local, now = recorder.local, originals.now
    record_slow, unit_of_thread = recorder.record_slow, recorder.current_thread_unit
    is_foreign = recorder.is_foreign
    hide = _wrap.hide_our_frames

    def make(original):
        def put(self, item, block=True, timeout=None):
            try:
                state = self._interleave
                if state is None:
                    original(self, item, block, timeout)
                    return
                frame = getframe(1)
                try:
                    site = by_code[id(frame.f_code)][frame.f_lasti]
                except KeyError:
                    site = site_of(frame)
                try:
                    pack, buffer, slot, unit = local.w
                    pack(buffer, slot(), now(), state.id, 0, site, state.kind.signal)
                except Exception as error:
                    if is_foreign(error):
                        raise
                    record_slow(state.kind.signal, state.id, 0, site)
                    unit = unit_of_thread()
                state.putter = unit
                may_wait = block and self.maxsize > 0 and (timeout is None or timeout > 0)
                if not may_wait:
                    original(self, item, block, timeout)
                    return
                try:
                    original(self, item, False)
                    return
                except full:
                    pass
                _wait(lambda: original(self, item, block, timeout), full, state, state.kind.put, timeout, site)
            except BaseException as error:
                hide(error)
                raise

        return put

    return make


def _get(empty):
    getframe, site_of, hide, saw = originals.getframe, sites.of_user, _wrap.hide_our_frames, recorder.saw
    local, unit_of_thread = recorder.local, recorder.current_thread_unit

    def make(original):
        def get(self, block=True, timeout=None):
            try:
                state = self._interleave
                if state is None:
                    return original(self, block, timeout)
                may_wait = block and (timeout is None or timeout > 0)
                if not may_wait:
                    item = original(self, block, timeout)
                    state.getter = recorder.current_thread_unit()
                    saw(state.kind.get, state.id)
                    return item
                try:
                    item = original(self, False)
                    try:
                        state.getter = local.w[3]
                    except AttributeError:
                        state.getter = unit_of_thread()
                    saw(state.kind.get, state.id)
                    return item
                except empty:
                    pass
                site = site_of(getframe(1))
                return _wait(lambda: original(self, block, timeout), empty, state, state.kind.get, timeout, site)
            except BaseException as error:
                hide(error)
                raise

        return get

    return make


def _wait(call, gave_up, state: State, operation: int, timeout, site: int):
    """Calls what will wait for an item or for room, and writes down who brought it."""
    flags = 0 if timeout is None else schema.FLAG_0
    recorder.local.putter = 0
    recorder.record(schema.WAIT | operation | flags, state.id, 0, site)
    outcome, bringer = schema.OUTCOME_FAILED, 0
    try:
        result = call()
        outcome = schema.OUTCOME_OK
        if operation == state.kind.put:
            bringer = state.getter
        else:
            bringer = recorder.local.putter or state.putter
            state.getter = recorder.current_thread_unit()
        return result
    except gave_up:
        outcome = schema.OUTCOME_TIMEOUT
        raise
    finally:
        recorder.record(schema.GOT | operation | outcome, state.id, bringer, site)


def _join(original):
    def join(self):
        try:
            state = self._interleave
            if state is None or not self.unfinished_tasks:
                original(self)
                if state is not None:
                    recorder.saw(JOIN, state.id)
                return
            site = sites.of_user(originals.getframe(1))
            recorder.record(schema.WAIT | JOIN, state.id, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                original(self)
                outcome = schema.OUTCOME_OK
            finally:
                recorder.record(schema.GOT | JOIN | outcome, state.id, state.finisher, site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return join


def _task_done(original):
    def task_done(self):
        state = self._interleave
        if state is not None:
            state.finisher = recorder.current_thread_unit()
            recorder.record(TASK_DONE, state.id, 0, sites.of_user(originals.getframe(1)))
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return task_done
