"""`asyncio.tasks`: the classes of tasks, and the functions in which tasks wait."""

from __future__ import annotations

from .. import originals, recorder
from . import _callbacks, _jobs, _steps, _tasks
from ._tasks import Known, inner_code, know
from ._wrap import hide_our_frames, replace


def install(module) -> None:
    _tasks.Asyncio.current_task = module.current_task
    kinds = {module.Task, getattr(module, "_PyTask", module.Task), getattr(module, "_CTask", module.Task)}
    _steps.Kinds.tasks = tuple(kinds)
    _steps.Kinds.gathering = module._GatheringFuture
    _steps.Kinds.chain_check = inner_code(module.futures._chain_future, "_call_check_cancel")
    _callbacks.TimeOuts.release_waiter = module._release_waiter
    replace(module, "_set_task_name", _make_set_task_name)
    replace(module, "run_coroutine_threadsafe", _make_run_coroutine_threadsafe)
    know(module.sleep, Known("asyncio.sleep"))
    know(module.wait_for, Known("asyncio.wait_for"))
    know(module._wait, Known("asyncio.wait"))
    know(module._cancel_and_wait, Known("asyncio.wait_for"))
    one = inner_code(module.as_completed, "_wait_for_one")
    if one is None:
        one = module._AsCompletedIterator._wait_for_one
    know(one, Known("asyncio.as_completed", covers=True))


def _make_set_task_name(original):
    """Where a task that is made already gets the name that create_task was given."""

    def _set_task_name(task, name):
        original(task, name)
        state = _tasks.states.get(id(task)) if name is not None else None
        if state is not None and state.name != task.get_name():
            state.name = task.get_name()
            _tasks.tell_name(state)

    return _set_task_name


def _make_run_coroutine_threadsafe(original):
    """Called on the loop's own thread, it makes a future that only this thread can end."""

    def run_coroutine_threadsafe(coro, loop):
        try:
            future = original(coro, loop)
        except BaseException as error:
            hide_our_frames(error)
            raise
        if getattr(loop, "_thread_id", None) == originals.get_ident():
            _jobs.job_of(future).held_by = recorder.current_thread_unit()
        return future

    return run_coroutine_threadsafe
