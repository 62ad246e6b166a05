"""`asyncio.events`: the steps of tasks, where the loop runs its callbacks.

A step after a plain yield is the cheapest thing that a loop does, a microsecond or two; so for those all is written out
here that elsewhere is a call.
"""

from __future__ import annotations

import os

from .. import _schema as schema
from .. import originals, recorder
from . import _callbacks, _steps, _tasks
from ._wrap import hide_our_frames, replace

_BEGIN = schema.STEP_BEGIN
_YIELDED = schema.STEP_END | schema.OPERATIONS["asyncio.yield"]


def install(module) -> None:
    _tasks.Asyncio.running_loop = module._get_running_loop
    replace(module.Handle, "_run", _make_run)


# So many plain yields of a process are told with their place in the code. Looking it up costs as much as the rest of the
# step, and a program that yields more often than this does it in a few places that are known by then.
YIELDS_WITH_SITE = 4_000


def _make_run(original):
    get_state = _tasks.states.get
    local = recorder.local
    now = originals.now
    segment_ends = originals.segment_ends
    end, finish = _steps.end, _steps.finish
    run_other, function = _callbacks.run_other, type(_make_run)
    step_type = None
    sites_left = YIELDS_WITH_SITE
    # A step may fork; in the child the parent's segment, which was there when the step began, is not ours to write to.
    forks = 0

    def after_fork_in_child() -> None:
        nonlocal forks
        forks += 1

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=after_fork_in_child)

    def _run(self):
        nonlocal step_type, sites_left
        task = None
        try:
            callback = self._callback
            kind = type(callback)
            if kind is not step_type:
                if kind is function:
                    try:
                        return run_other(self, callback, original)
                    except BaseException as error:
                        hide_our_frames(error)
                        raise
                if step_type is None:
                    step_type = _callbacks.step_type()
                return _run_any(self, callback, original)
            task = callback.__self__
            state = get_state(id(task))
            if state is None or state.waiting is not None:
                return _run_any(self, callback, original)
            unit = state.unit
            forks_before = forks
            try:
                pack, buffer, slot, _ = local.w
                pack(buffer, slot(), now(), unit, 0, 0, _BEGIN)
            except (AttributeError, *segment_ends):
                recorder.record(_BEGIN, unit)
                # Ends in `record` as well.
                forks_before = -1
            try:
                # What the original does first of all; such a callback has no arguments.
                self._context.run(callback)
            except (SystemExit, KeyboardInterrupt) as error:
                end(task, state)
                hide_our_frames(error)
                raise
            except BaseException:
                # The step could not begin; the original meets the same error and reports it.
                original(self)
            if task.done():
                return finish(task, state)
            if sites_left or task._fut_waiter is not None or forks != forks_before:
                if sites_left and task._fut_waiter is None:
                    sites_left -= 1
                return end(task, state)
            try:
                # At the end of a segment this fails, also when the thread has gone on to the next one meanwhile.
                pack(buffer, slot(), now(), unit, 0, 0, _YIELDED)
            except segment_ends:
                recorder.record(_YIELDED, unit)
        finally:
            # The traceback of an error that the callback keeps has this frame, and would keep the task alive.
            self = callback = task = None

    return _run


def _run_any(handle, callback, original) -> None:
    """Runs a callback that may be the step of a task."""
    kind = type(callback)
    role = _callbacks.roles.get(kind)
    if role is None:
        role = _callbacks.role_of(callback)
    task = None if role == _callbacks.NONE else _callbacks.task_of(callback, role)
    try:
        if task is None:
            return _callbacks.run_other(handle, callback, original)
        state = _tasks.states.get(id(task)) or _tasks.adopt(task, 0)
        if state is None:
            return original(handle)
        _steps.begin(task, state, _callbacks.waking_future(role, handle._args))
        try:
            original(handle)
        finally:
            _steps.end(task, state)
    except BaseException as error:
        hide_our_frames(error)
        raise
    finally:
        handle = callback = task = None
