"""`asyncio.base_events`: tasks as they are made, and who schedules what."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _callbacks, _leaks, _steps, _tasks
from ._wrap import hide_our_frames, replace

OURS = __file__[: -len("patches/asyncio_base_events.py")]

_CANCEL = schema.SIGNAL | schema.OPERATIONS["asyncio.Task.cancel"]
_FUTURE = schema.OPERATIONS["asyncio.Future"]
_SET = schema.SIGNAL | schema.OPERATIONS["asyncio.Future.set_result"]
_THREADSAFE = schema.SIGNAL | schema.OPERATIONS["asyncio.call_soon_threadsafe"]


def install(module) -> None:
    loop = module.BaseEventLoop
    replace(loop, "_call_soon", _make_call_soon)
    replace(loop, "call_exception_handler", _make_call_exception_handler)
    if "_call_soon" not in loop.call_soon_threadsafe.__code__.co_names:
        replace(loop, "call_soon_threadsafe", _make_call_soon_threadsafe)
    if hasattr(module.tasks, "eager_task_factory"):
        replace(loop, "create_task", _make_create_task(module.tasks))
    run_once = _tasks.Asyncio.run_once = loop._run_once.__code__
    sites.boundaries.add(id(run_once))


def _make_call_soon(original):
    states, causes = _tasks.states, _callbacks.causes
    function = type(_make_call_soon)
    step_type = None
    # What `_call_soon` does is five lines, the same in all versions so far. For steps of tasks they stand here, since
    # one more call would be felt in a loop of plain yields.
    is_as_known = original.__code__.co_names == ("events", "Handle", "_source_traceback", "_ready", "append")
    events = original.__globals__.get("events")

    def _call_soon(self, callback, args, context):
        nonlocal step_type
        kind = type(callback)
        if kind is step_type:
            if id(callback.__self__) not in states:
                _task_made(callback.__self__)
            if self._debug:
                return original_without_us(self, callback, args, context)
            handle = events.Handle(callback, args, self, context)
            self._ready.append(handle)
            return handle
        if kind is function and step_type is not None and not self._debug:
            # Such as the one by which `gather` hears of the end of each of its tasks.
            try:
                cause = _cause_of_callback(self, callback)
            except Exception as error:
                if recorder.is_foreign(error):
                    raise
                _tasks.tell_fault(error)
                cause = 0
            handle = events.Handle(callback, args, self, context)
            if cause:
                causes[id(handle)] = cause
            self._ready.append(handle)
            return handle
        role = _callbacks.roles.get(kind)
        if role is None:
            role = _callbacks.role_of(callback)
            if is_as_known:
                step_type = _callbacks.step_type()
        cause = 0
        if role == _callbacks.STEP:
            if id(callback.__self__) not in states:
                _task_made(callback.__self__)
        else:
            try:
                task = None if role == _callbacks.NONE else _callbacks.task_of(callback, role)
                if task is not None:
                    _task_scheduled(task, _callbacks.waking_future(role, args))
                else:
                    cause = _cause_of_callback(self, callback)
            except Exception as error:
                if recorder.is_foreign(error):
                    raise
                _tasks.tell_fault(error)
        handle = original_without_us(self, callback, args, context)
        if cause:
            _callbacks.causes[id(handle)] = cause
        return handle

    def original_without_us(self, callback, args, context):
        handle = original(self, callback, args, context)
        if handle._source_traceback:
            _drop_our_frames(handle._source_traceback)
        return handle

    return _call_soon


def _task_made(task) -> None:
    source_traceback = getattr(task, "_source_traceback", None)
    if source_traceback:
        _drop_our_frames(source_traceback)
    _tasks.adopt(task, sites.of_user(originals.getframe(2)) or _tasks.here.due[1])


def _task_scheduled(task, future) -> None:
    """A task will go on: because `future` has ended, or (None) it is a Python task's first step or plain yield."""
    state = _tasks.states.get(id(task))
    if state is None:
        _task_made(task)
        return
    if future is None:
        return
    cause = _tasks.cause()
    # A future that was done before the task came to wait for it wakes it up by its own doing.
    state.resumed_by = 0 if cause == state.unit else cause
    is_time_out = _tasks.here.due[2]
    if is_time_out:
        state.outcome = schema.OUTCOME_TIMEOUT
    if future.cancelled():
        if not isinstance(future, _steps.Kinds.tasks):
            recorder.record(_CANCEL, state.unit, 0, sites.of_user(originals.getframe(2)))
        return
    waiting = state.waiting
    if waiting is not None and waiting[0] == _FUTURE and not waiting[1]:
        # A future that was made by hand: this runs in the middle of its `set_result`.
        site = sites.of_user(originals.getframe(2))
        if site:
            recorder.record(_SET, state.unit, 0, site)


def _cause_of_callback(loop, callback) -> int:
    thread = loop._thread_id
    if thread == originals.get_ident():
        task = _tasks.Asyncio.current_task(loop)
        if task is None:
            return _tasks.here.due[0]
        state = _tasks.states.get(id(task))
        return state.unit if state is not None else _tasks.cause()
    cause = _tasks.cause()
    if thread is None:
        return cause
    # Before it is scheduled, since the loop's thread may run it at once.
    _from_thread(callback, cause, 3)
    return 0


def _from_thread(callback, cause: int, depth: int) -> None:
    site = sites.of_user(originals.getframe(depth))
    recorder.record(_THREADSAFE, 0, 0, site)
    _callbacks.give_from_thread(callback, cause, site)


def _make_call_soon_threadsafe(original):
    def call_soon_threadsafe(self, callback, *args, context=None):
        is_foreign = self._thread_id is not None and self._thread_id != originals.get_ident()
        if is_foreign:
            _from_thread(callback, _tasks.cause(), 2)
        try:
            handle = original(self, callback, *args, context=context)
        except BaseException as error:
            if is_foreign:
                _callbacks.take_from_thread(callback)
            hide_our_frames(error)
            raise
        if handle._source_traceback:
            _drop_our_frames(handle._source_traceback)
        return handle

    return call_soon_threadsafe


def _drop_our_frames(source_traceback) -> None:
    source_traceback[:] = [entry for entry in source_traceback if not entry.filename.startswith(OURS)]


def _make_create_task(tasks):
    """Tasks that begin to run while they are made; all others are seen when their first step is scheduled."""
    factory_code = tasks.eager_task_factory.__code__

    def make(original):
        def create_task(self, coro, **options):
            factory = self._task_factory
            if factory is None:
                is_eager = bool(options.get("eager_start"))
            else:
                is_eager = getattr(factory, "__code__", None) is factory_code
            try:
                if not is_eager or not self.is_running() or not hasattr(coro, "cr_code"):
                    task = original(self, coro, **options)
                else:
                    task = _create_eagerly(original, self, coro, options)
            except BaseException as error:
                hide_our_frames(error)
                raise
            source_traceback = getattr(task, "_source_traceback", None)
            if source_traceback:
                _drop_our_frames(source_traceback)
            return task

        return create_task

    return make


def _create_eagerly(original, loop, coro, options):
    unit = recorder.new_id()
    name = _tasks.name_as_arg(coro, "")
    recorder.record(schema.TASK_CREATE | schema.FLAG_0, unit, name, sites.of_user(originals.getframe(2)))
    recorder.record(schema.STEP_BEGIN, unit)
    here = _tasks.here
    before = here.starting
    here.starting = (unit, id(coro))
    try:
        task = original(loop, coro, **options)
    except BaseException:
        recorder.record(schema.STEP_END | schema.FLAG_0 | schema.OUTCOME_FAILED, unit)
        raise
    finally:
        is_unknown = here.starting is not None and here.starting[0] == unit
        here.starting = before
    state = _tasks.register(task, unit) if is_unknown else _tasks.states.get(id(task))
    if state is not None and state.unit == unit:
        recorder.record(schema.NAME, unit, recorder.text(str(state.name)))
        _steps.end(task, state)
    return task


def _make_call_exception_handler(original):
    """Tasks and futures call it when they die with an exception that nobody asked for."""

    def call_exception_handler(self, context):
        try:
            if "never retrieved" in context.get("message", ""):
                _leaks.tell_exception(context.get("exception"), context.get("future") or context.get("task"))
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            _tasks.tell_fault(error)
        try:
            return original(self, context)
        except BaseException as error:
            hide_our_frames(error)
            raise

    return call_exception_handler
