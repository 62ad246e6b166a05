"""`asyncio.locks`: Lock, Semaphore, Condition, Event, Barrier."""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _callbacks, _tasks, _things
from ._tasks import Known
from ._wrap import hide_our_frames, replace

_O = schema.OPERATIONS
_LOCK = _O["asyncio.Lock"]
_SEMAPHORE = _O["asyncio.Semaphore"]
_BOUNDED = _O["asyncio.BoundedSemaphore"]
_CONDITION = _O["asyncio.Condition.wait"]
_NOTIFY = schema.SIGNAL | _O["asyncio.Condition.notify"]
_EVENT = _O["asyncio.Event.wait"]
_SET = schema.SIGNAL | _O["asyncio.Event.set"]
_CLEAR = schema.SIGNAL | _O["asyncio.Event.clear"]
_BARRIER = _O["asyncio.Barrier.wait"]


def install(module) -> None:
    _tasks.know(module.Lock.acquire, Known("asyncio.Lock", _things.finder(_LOCK, hands_over=False, has_holder=True)))
    _things.watch(module.Lock, "_locked", _lock_changed)

    semaphore = module.Semaphore
    # Since 3.10.8 it is the releaser who takes the semaphore for the one that it wakes up.
    hands_over = "remove" in semaphore.acquire.__code__.co_names
    _tasks.know(semaphore.acquire, Known("asyncio.Semaphore", _find_semaphore(module.BoundedSemaphore, hands_over)))
    _things.watch(semaphore, "_value", _semaphore_changed(semaphore, module.BoundedSemaphore))

    _tasks.know(module.Condition.wait, Known("asyncio.Condition.wait", _things.finder(_CONDITION)))
    _things.watch(module.Condition, "_lock", _condition_made)
    replace(module.Condition, "notify", _make_notify)

    _tasks.know(module.Event.wait, Known("asyncio.Event.wait", _things.finder(_EVENT)))
    _things.watch(module.Event, "_value", _event_changed)

    if hasattr(module, "Barrier"):
        _tasks.know(module.Barrier.wait, Known("asyncio.Barrier.wait", _find_barrier, covers=True))
        _things.watch(module.Barrier, "_parties", _barrier_made)
        _things.watch(module.Barrier, "_state", _barrier_changed)


def _lock_changed(lock, before, after, frame) -> None:
    if before is _things.MISSING:
        _things.made(lock, _LOCK, frame.f_back)
        return
    thing = _things.of(lock)
    if thing is None:
        return
    if after:
        _things.took(thing, _LOCK, frame)
    elif before:
        thing.holder = _heir(lock)
        recorder.record(schema.RELEASE | _LOCK, thing.number, 0, sites.of_user(frame))


def _heir(lock) -> int:
    """Unit of the task that is going to be woken up and take the lock: nobody else can until it has."""
    future = next((future for future in lock._waiters or () if not future.done()), None)
    for entry in getattr(future, "_callbacks", None) or ():
        callback = entry[0] if isinstance(entry, tuple) else entry
        role = _callbacks.roles.get(type(callback)) or _callbacks.role_of(callback)
        task = _callbacks.task_of(callback, role)
        state = _tasks.states.get(id(task)) if task is not None else None
        if state is not None:
            return state.unit
    return 0


def _find_semaphore(bounded, hands_over: bool):
    def find(frame, future) -> tuple:
        semaphore = _things.self_of(frame)
        operation = _BOUNDED if isinstance(semaphore, bounded) else _SEMAPHORE
        thing = _things.of(semaphore)
        return operation, thing.number if thing is not None else 0, 0, hands_over

    return find


def _semaphore_changed(semaphore, bounded):
    acquire, release = semaphore.acquire.__code__, semaphore.release.__code__

    def changed(instance, before, after, frame) -> None:
        operation = _BOUNDED if isinstance(instance, bounded) else _SEMAPHORE
        if before is _things.MISSING:
            _things.made(instance, operation, frame.f_back)
            return
        thing = _things.of(instance)
        if thing is None:
            return
        if frame.f_code is release and after > before:
            recorder.record(schema.RELEASE | operation, thing.number, 0, sites.of_user(frame))
        elif frame.f_code is acquire and after < before:
            _things.took(thing, operation, frame)

    return changed


def _condition_made(condition, before, lock, frame) -> None:
    if before is not _things.MISSING:
        return
    thing = _things.made(condition, _CONDITION, frame.f_back)
    if thing is not None and _things.of(lock) is None:
        # The lock of its own; it gets the condition's name.
        _things.add(lock, _LOCK, objects.define(_LOCK, frame.f_back))


def _make_notify(original):
    def notify(self, n=1):
        thing = _things.of(self)
        if thing is not None and self._waiters:
            recorder.record(_NOTIFY, thing.number, 0, sites.of_user(originals.getframe(1)))
        try:
            return original(self, n)
        except BaseException as error:
            hide_our_frames(error)
            raise

    return notify


def _event_changed(event, before, after, frame) -> None:
    if before is _things.MISSING:
        _things.made(event, _EVENT, frame.f_back)
        return
    thing = _things.of(event)
    if thing is not None and before != after:
        recorder.record(_SET if after else _CLEAR, thing.number, 0, sites.of_user(frame))


def _barrier_made(barrier, before, after, frame) -> None:
    if before is _things.MISSING:
        _things.made(barrier, _BARRIER, frame.f_back)


def _barrier_changed(barrier, before, after, frame) -> None:
    thing = _things.of(barrier)
    # The last one that arrives, or who resets or aborts it, ends the waits of the others.
    if thing is not None and after is not before and frame.f_code.co_name != "__init__" and _ends_waits(after):
        recorder.record(schema.SIGNAL | _BARRIER, thing.number, 0, sites.of_user(frame))


def _ends_waits(state) -> bool:
    return state.name in ("DRAINING", "RESETTING", "BROKEN")


def _find_barrier(frame, future) -> tuple:
    thing = _things.of(_things.self_of(frame))
    return _BARRIER, thing.number if thing is not None else 0, 0, True
