"""What the patches of asyncio's locks, events and queues share: their ids, and attributes that tell when they change.

asyncio's classes are pure Python and keep what matters in one attribute each: `_locked`, `_value`, `_unfinished_tasks`.
An `Attribute` stands for it on the class and sees every assignment. It has no `__get__`, so reading finds the instance's
own value as fast as ever, nothing is replaced that has a traceback, a signature or a coroutine, and nothing is seen of it.

Shared by all threads; an entry is written by the thread that makes the thing.
"""

from __future__ import annotations

from _weakref import ref

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _tasks
from ._wrap import put


class Thing(ref):
    """What we know of a lock, event or queue. Weak, so that none lives longer than in a plain run."""

    __slots__ = ("key", "number", "operation", "holder")

    key: int
    number: int
    operation: int
    holder: int
    """Unit that has it, 0 when nobody has."""


_things: dict[int, Thing] = {}


def of(value) -> Thing | None:
    """What is known of an object; None for those that the standard library keeps to itself."""
    return _things.get(id(value))


def made(value, operation: int, frame) -> Thing | None:
    """Makes an object known, unless the standard library makes it for itself; `frame` is the caller of its `__init__`."""
    while frame is not None and frame.f_code.co_name == "__init__" and self_of(frame) is value:
        frame = frame.f_back
    if frame is None or objects.is_made_by_library(frame):
        return None
    return add(value, operation, objects.define(operation, frame))


def add(value, operation: int, number: int) -> Thing | None:
    try:
        thing = Thing(value, _forget)
    except TypeError:
        return None
    thing.key = id(value)
    thing.number = number
    thing.operation = operation
    thing.holder = 0
    _things[thing.key] = thing
    return thing


def _forget(thing: Thing) -> None:
    if _things.get(thing.key) is thing:
        del _things[thing.key]


class Attribute:
    """Sees assignments to an attribute of a class's instances; calls `changed(instance, before, after, frame)` after them.

    `before` is MISSING for the first; `frame` is where the assignment stands.
    """

    def __init__(self, name: str, changed) -> None:
        self._name = name
        self._changed = changed

    def __set__(self, instance, value) -> None:
        values = instance.__dict__
        before = values.get(self._name, MISSING)
        values[self._name] = value
        if recorder.run.active:
            try:
                self._changed(instance, before, value, originals.getframe(1))
            except Exception as error:
                if recorder.is_foreign(error):
                    raise
                _tasks.tell_fault(error)

    def __delete__(self, instance) -> None:
        try:
            del instance.__dict__[self._name]
        except KeyError:
            raise AttributeError(self._name) from None


MISSING = object()


def watch(owner, name: str, changed) -> None:
    """Calls `changed` when the attribute of an instance of `owner` is assigned."""
    put(owner, name, Attribute(name, changed))


def self_of(frame):
    """The object on which the method in this frame was called."""
    return frame.f_locals.get("self")


def finder(operation: int, *, hands_over: bool = True, has_holder: bool = False):
    """For `_tasks.Known`: what a method's coroutine waits for is the object that it was called on."""

    def find(frame, future) -> tuple:
        thing = of(self_of(frame))
        if thing is None:
            return operation, 0, 0, hands_over
        return operation, thing.number, thing.holder if has_holder else 0, hands_over

    return find


def took(thing: Thing, operation: int, frame) -> None:
    """The running task (or thread) has taken the thing: writes the end of its wait, or that there was none."""
    state = _tasks.current()
    thing.holder = state.unit if state is not None else recorder.current_thread_unit()
    waiting = state.waiting if state is not None else None
    if waiting is None or waiting[:2] != (operation, thing.number):
        recorder.record(schema.ACQUIRE | operation, thing.number, 0, sites.of_user(frame))
        return
    state.waiting = None
    recorder.record(schema.GOT | operation, thing.number, state.woken_by, waiting[2])
