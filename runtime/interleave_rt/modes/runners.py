"""The five ways to run calls. Each takes (calls, workers, run) and returns how many calls failed."""

from __future__ import annotations

import inspect
import sys

from .. import _schema as schema
from .. import recorder, sites
from . import calls as making
from . import failures


def run_sequentially(calls: list, workers: int, run: dict) -> int:
    """One after the other on the main thread; each is a job of its own in the timeline."""
    failed = 0
    for number, call in enumerate(calls, 1):
        job = recorder.new_global_id()
        recorder.record(schema.JOB_BEGIN, job, recorder.text(call.__qualname__), sites.of_function(call))
        outcome = schema.OUTCOME_OK
        try:
            call()
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            outcome = schema.OUTCOME_FAILED
            failed += 1
            failures.report(call, error, number, len(calls))
        finally:
            recorder.record(schema.JOB_END | outcome, job)
    return failed


def run_in_threads(calls: list, workers: int, run: dict) -> int:
    """On a ThreadPoolExecutor."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(workers, thread_name_prefix=run["function"]) as executor:
        return _run_on(executor, calls)


def run_in_processes(calls: list, workers: int, run: dict) -> int:
    """On a ProcessPoolExecutor, with the start method that Python would choose."""
    from concurrent.futures import ProcessPoolExecutor

    _check_can_be_sent(calls, run["function"], "process")
    if sys.platform == "win32":
        # More than Windows lets one wait for.
        workers = min(workers, 61)
    with ProcessPoolExecutor(workers) as executor:
        return _run_on(executor, calls)


def run_in_interpreters(calls: list, workers: int, run: dict) -> int:
    """In subinterpreters, each on a thread: Python's own pool where it has one, else ours."""
    from . import interpreters

    _check_can_be_sent(calls, run["function"], "interpreter")
    with interpreters.pool(workers, run) as executor:
        return _run_on(executor, [executor.prepared(call) for call in calls])


def run_as_tasks(calls: list, workers: int, run: dict) -> int:
    """As tasks of one loop, all at once. A plain function runs inside the loop, which shows what that does."""
    import asyncio

    return asyncio.run(_run_tasks(calls))


async def _run_tasks(calls: list) -> int:
    import asyncio

    loop = asyncio.get_running_loop()
    tasks = []
    for call in calls:
        coroutine = _coroutine_of(call)
        tasks.append(loop.create_task(coroutine, name=call.__qualname__))
    failed = 0
    if tasks:
        await asyncio.wait(tasks)
    for number, (call, task) in enumerate(zip(calls, tasks), 1):
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is not None:
            failed += 1
            failures.report(call, error, number, len(calls))
    return failed


def _coroutine_of(call):
    """The user's own coroutine when the function is `async def`, else one that calls it."""
    inner = call.func
    if isinstance(inner, making.Coroutine):
        made = inner.func(*call.args)
        return made if inspect.iscoroutine(made) else _await(made)
    coroutine = _call(call)
    coroutine.__name__ = coroutine.__qualname__ = getattr(inner, "__qualname__", call.__qualname__)
    return coroutine


async def _call(call):
    return call()


async def _await(awaitable):
    return await awaitable


def _run_on(executor, calls: list) -> int:
    futures = [executor.submit(call) for call in calls]
    failed = 0
    for number, (call, future) in enumerate(zip(calls, futures), 1):
        error = future.exception()
        if error is not None:
            failed += 1
            failures.report(call, error, number, len(calls))
    return failed


def _check_can_be_sent(calls: list, name: str, where: str) -> None:
    """Says so at once when the function cannot be sent there; an input that cannot fails by itself."""
    import pickle

    if not calls:
        return
    try:
        pickle.dumps(calls[0].func)
    except Exception as error:
        raise making.WrongUse("%s cannot be sent to another %s: %s" % (name, where, error)) from None


BY_MODE = {
    "sequential": run_sequentially,
    "thread": run_in_threads,
    "async": run_as_tasks,
    "process": run_in_processes,
    "interpreter": run_in_interpreters,
}
