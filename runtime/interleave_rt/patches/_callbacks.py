"""What a loop's callback is: a step of a task, or anything else; and to whom it is due.

Causes are kept by address until the callback runs. Callbacks that are cancelled never run; their entries are taken over
by the next callback at that address, so there are never more of them than there were callbacks at one time.
"""

from __future__ import annotations

import gc
import types
from collections import deque

from .. import _schema as schema
from . import _steps, _tasks

NONE, STEP, OLD_WAKE_UP, WAKE_UP, METHOD = range(5)

roles: dict[type, int] = {
    types.BuiltinMethodType: WAKE_UP,
    types.MethodType: METHOD,
    types.FunctionType: NONE,
}
"""Type of a callback -> what it may be."""
_ROLES_BY_NAME = {"TaskStepMethWrapper": STEP, "TaskWakeupMethWrapper": OLD_WAKE_UP}

causes: dict[int, int] = {}
"""id of a handle -> unit that scheduled it, for callbacks that are no steps."""
from_threads: dict[int, deque] = {}
"""id of a callback -> (unit, site) of the other threads that handed it to the loop, first come first."""


def role_of(callback) -> int:
    """The role of a type of callback that is not in `roles` yet."""
    kind = type(callback)
    role = _ROLES_BY_NAME.get(kind.__name__, NONE) if kind.__module__ in ("builtins", "_asyncio") else NONE
    if role != NONE:
        roles[kind] = role
    return role


def step_type():
    """Class of the callbacks that are steps of tasks written in C; None before the first was seen."""
    return next((kind for kind, role in roles.items() if role == STEP), None)


def task_of(callback, role: int):
    """The task whose step the callback is; None when it is something else."""
    if role == STEP:
        return callback.__self__
    if role == WAKE_UP:
        return callback.__self__ if callback.__name__ == "task_wakeup" else None
    if role == METHOD:
        is_step = callback.__func__.__name__ in ("__step", "__wakeup")
        return callback.__self__ if is_step and isinstance(callback.__self__, _steps.Kinds.tasks) else None
    if role == OLD_WAKE_UP:
        task = getattr(callback, "__self__", None)
        if task is not None:
            return task
        return next((found for found in gc.get_referents(callback) if isinstance(found, _steps.Kinds.tasks)), None)
    return None


def waking_future(role: int, args):
    """The future whose end makes this step of a task run; None for a first step or after a plain yield."""
    if role == STEP or not args or isinstance(args[0], BaseException):
        return None
    return args[0]


class TimeOuts:
    """Functions of asyncio that the loop calls when a time-out is over."""

    methods: set = set()
    release_waiter = None


def is_time_out(callback, args) -> bool:
    """Whether the callback wakes up a task because its time is over; notes it where that is told otherwise."""
    kind = type(callback)
    if kind is types.FunctionType:
        # With a second argument it is the callback of a future that is done.
        return callback is TimeOuts.release_waiter and args is not None and len(args) == 1
    if kind is types.MethodType and callback.__func__ in TimeOuts.methods:
        state = _tasks.states.get(id(callback.__self__._task))
        if state is not None and state.waiting is not None:
            state.outcome = schema.OUTCOME_TIMEOUT
    return False


def take_from_thread(callback):
    """(unit, site) of the thread that handed this callback over, or (0, 0)."""
    waiting = from_threads.get(id(callback))
    if waiting is None:
        return 0, 0
    try:
        return waiting.popleft()
    except IndexError:
        return 0, 0
    finally:
        if not waiting:
            from_threads.pop(id(callback), None)


def give_from_thread(callback, unit: int, site: int) -> None:
    from_threads.setdefault(id(callback), deque()).append((unit, site))


def run_other(handle, callback, original) -> None:
    """Runs a callback that is no step, with what is known about its cause."""
    try:
        cause = causes.pop(id(handle), 0)
        site = 0
        if from_threads and not cause:
            cause, site = take_from_thread(callback)
        # Not asked for other functions, the callbacks of `gather` above all, of which there is one for each task.
        may_time_out = type(callback) is not _Function or callback is TimeOuts.release_waiter
        times_out = may_time_out and is_time_out(callback, handle._args)
        if not cause and not times_out:
            return original(handle)
        here = _tasks.here
        before = here.due
        here.due = (cause, site, times_out)
        try:
            original(handle)
        finally:
            here.due = before
    finally:
        # See `_run`: what this frame has must not outlive the callback.
        handle = callback = None


_Function = types.FunctionType
