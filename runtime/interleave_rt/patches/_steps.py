"""Begin and end of a task's step, and what the task is suspended in.

What a suspended task waits for is read from the task itself, after its step: the chain of coroutines that await each
other leads from its own coroutine to the innermost one. So nothing of asyncio's coroutine functions is replaced, and no
frame of ours is ever on the stack of a coroutine, in a traceback, or in the way of a cancellation.
"""

from __future__ import annotations

import gc
import types

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _tasks

_STEP_BEGIN = schema.STEP_BEGIN
_STEP_END = schema.STEP_END
_FINISHED = schema.STEP_END | schema.FLAG_0
_YIELD = schema.OPERATIONS["asyncio.yield"]
_TASK = schema.OPERATIONS["asyncio.Task"]
_FUTURE = schema.OPERATIONS["asyncio.Future"]
_GATHER = schema.OPERATIONS["asyncio.gather"]
_EXECUTOR = schema.OPERATIONS["asyncio.run_in_executor"]


class Kinds:
    """Classes and codes of asyncio that tell what a future is for; filled in when asyncio is imported."""

    tasks: tuple = ()
    gathering: object = None
    chain_check: object = None
    """Code of the callback by which an asyncio future is tied to one of concurrent.futures."""


def begin(task, state: _tasks.TaskState, future) -> None:
    """The task's step begins; `future` is the one that woke it up, None when it goes on after a plain yield."""
    by = state.resumed_by
    unit = state.unit
    try:
        pack, buffer, slot, _ = recorder.local.w
        pack(buffer, slot(), originals.now(), unit, by, 0, _STEP_BEGIN)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        recorder.record(_STEP_BEGIN, unit, by)
    if by:
        state.resumed_by = 0
    if state.waiting is not None:
        try:
            _end_wait(task, state, future, by)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            _tasks.tell_fault(error)


def end(task, state: _tasks.TaskState) -> None:
    """The task's step is over."""
    try:
        _end(task, state)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        _tasks.tell_fault(error)


def _end(task, state: _tasks.TaskState) -> None:
    if task.done():
        return _finish(task, state)
    future = task._fut_waiter
    if future is None:
        operation, awaited, site = _YIELD, 0, _innermost_site(task._coro)
    else:
        operation, awaited, site = _begin_wait(task, state, future)
    commit = _STEP_END | operation
    try:
        pack, buffer, slot, _ = recorder.local.w
        pack(buffer, slot(), originals.now(), state.unit, awaited, site, commit)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        recorder.record(commit, state.unit, awaited, site)


def finish(task, state: _tasks.TaskState) -> None:
    """The task's last step is over."""
    try:
        _finish(task, state)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        _tasks.tell_fault(error)


def _finish(task, state: _tasks.TaskState) -> None:
    if task.cancelled():
        commit = _FINISHED | schema.OUTCOME_CANCELLED
    else:
        commit = _FINISHED | (schema.OUTCOME_FAILED if _has_failed(task) else schema.OUTCOME_OK)
    unit = state.unit
    name = task.get_name()
    if name is not state.name and name != state.name:
        recorder.record(schema.NAME, unit, recorder.text(str(name)))
    try:
        pack, buffer, slot, _ = recorder.local.w
        pack(buffer, slot(), originals.now(), unit, 0, 0, commit)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        recorder.record_slow(commit, unit, 0, 0)
    _tasks.states.pop(state.key, None)


def _has_failed(future) -> bool:
    """Whether a finished future holds an exception; does not mark the exception as seen."""
    return getattr(future, "_exception", None) is not None


def _end_wait(task, state: _tasks.TaskState, future, by: int) -> None:
    operation, awaited, site, handed_over = state.waiting
    outcome = state.outcome
    if outcome:
        state.outcome = 0
    elif task._must_cancel or (future is not None and future.cancelled()):
        outcome = schema.OUTCOME_CANCELLED
    elif future is not None and _has_failed(future):
        outcome = schema.OUTCOME_FAILED
    elif not handed_over:
        # It has yet to take what it waited for, or goes on waiting; the patch of the thing writes the end.
        state.woken_by = by
        return
    state.waiting = None
    recorder.record(schema.GOT | operation | outcome, awaited, by, site)


def _begin_wait(task, state: _tasks.TaskState, future) -> tuple:
    """Writes the wait; returns (operation, id of what is awaited, site)."""
    known, frame, site = _innermost(task._coro)
    awaited = holder = 0
    handed_over = True
    operation = _FUTURE
    flags = 0
    if known is not None:
        operation = known.operation
        if known.find is not None:
            operation, awaited, holder, handed_over = known.find(frame, future)
        flags = schema.FLAG_0 if "timeout" in frame.f_code.co_varnames else 0
    kind = type(future)
    if not awaited:
        if kind in Kinds.tasks or isinstance(future, Kinds.tasks):
            child = _tasks.states.get(id(future))
            awaited = child.unit if child is not None else 0
            operation = operation if known is not None else _TASK
        elif kind is Kinds.gathering:
            operation = _GATHER
        else:
            awaited = _job_of(future)
            if awaited and known is None:
                operation = _EXECUTOR
    before = state.waiting
    if before is not None and before[:2] == (operation, awaited):
        # It was woken up and went on waiting for the same thing.
        return operation, awaited, site
    if before is not None:
        recorder.record(schema.GOT | before[0] | schema.OUTCOME_FAILED, before[1], 0, before[2])
    recorder.record(schema.WAIT | operation | flags, awaited, holder, site)
    state.waiting = (operation, awaited, site, handed_over)
    return operation, awaited, site


def _job_of(future) -> int:
    """The job behind a future that `run_in_executor` or `wrap_future` returned; 0 for others."""
    for entry in getattr(future, "_callbacks", None) or ():
        callback = entry[0] if isinstance(entry, tuple) else entry
        if getattr(callback, "__code__", None) is Kinds.chain_check is not None:
            names = callback.__code__.co_freevars
            source = callback.__closure__[names.index("source")].cell_contents
            job = getattr(source, "_interleave_job", None)
            return job.number if job is not None else 0
    return 0


def _innermost_site(root) -> int:
    """Site of the innermost frame of the user's own in a chain of coroutines; the short way of `_innermost`."""
    codes = _tasks.codes
    item = root
    user = None
    while True:
        kind = type(item)
        if kind is _Coroutine:
            code, inner = item.cr_code, item.cr_await
        elif kind is _Generator:
            code, inner = item.gi_code, item.gi_yieldfrom
        else:
            return _innermost(root)[2]
        found = codes.get(id(code))
        if found is None:
            found = _tasks.kind_of_code(code)
        if found == 1:
            user = item
        elif found != 0:
            # asyncio.sleep, say: nothing of the user's is inside.
            break
        if inner is None:
            break
        item = inner
    if user is None:
        return 0
    return sites.of_frame(user.cr_frame if type(user) is _Coroutine else user.gi_frame)


def _innermost(item) -> tuple:
    """(Known or None, its frame, site of the user's innermost frame) for a chain of coroutines."""
    known = frame = user = None
    outer: list = []
    while item is not None:
        kind = type(item)
        if kind is _Coroutine:
            code, here, inner = item.cr_code, item.cr_frame, item.cr_await
        elif kind is _Generator:
            code, here, inner = item.gi_code, item.gi_frame, item.gi_yieldfrom
        elif kind is _AsyncGenerator:
            code, here, inner = item.ag_code, item.ag_frame, item.ag_await
        else:
            item = _inside(item)
            continue
        found = _tasks.codes.get(id(code))
        if found is None:
            found = _tasks.kind_of_code(code)
        if found == _tasks.USER:
            if user is not None:
                outer.append(user)
            user, known = here, None
        elif found != _tasks.PLAIN and (known is None or not known.covers):
            known, frame = found, here
        item = inner
    site = sites.of_frame(user) if user is not None else 0
    if outer:
        outer.reverse()
        sites.tell_chain(outer, site)
    return known, frame, site


def _inside(item):
    """The coroutine or generator in a wrapper that does not show it, such as the step of an asynchronous generator."""
    if type(item).__name__ not in _WRAPPERS:
        return None
    for inner in gc.get_referents(item):
        if type(inner) in (_Coroutine, _AsyncGenerator, _Generator):
            return inner
    return None


_Coroutine = types.CoroutineType
_Generator = types.GeneratorType
_AsyncGenerator = types.AsyncGeneratorType
_WRAPPERS = {"coroutine_wrapper", "async_generator_asend", "async_generator_athrow", "anext_awaitable"}
