"""What the asyncio patches share: which task is which unit, and who caused what runs now.

A task's unit hangs on a weak reference that is found by the task's address: nothing is set on the task itself, and its
entry goes when it finishes or dies, so no task lives longer than in a plain run and no address is taken for another's.

Shared by all threads that run a loop; each entry is written by the thread whose loop owns the task.
"""

from __future__ import annotations

import types
from _weakref import ref

from .. import _schema as schema
from .. import originals, recorder, sites


class TaskState(ref):
    """What we know of one task."""

    __slots__ = ("key", "unit", "resumed_by", "woken_by", "waiting", "outcome", "name")

    key: int
    unit: int
    resumed_by: int
    """Unit that scheduled the next step, 0 when time or the loop did."""
    woken_by: int
    """Unit that woke it from the wait which it is about to end by taking what it waited for."""
    waiting: object
    """(operation, object, site, handed over) of the wait that the task is suspended in, or None."""
    outcome: int
    """How that wait ended, as far as it was known when the next step was scheduled."""
    name: str


states: dict[int, TaskState] = {}
"""id of a task -> its state, for tasks that are not finished."""


class _Here(originals.ThreadLocal):
    """What runs on this thread outside of tasks."""

    due = (0, 0, False)
    """For the callback that runs now: unit that scheduled it, site where another thread handed it over, whether it is
    there because a time-out is over."""
    starting = None
    """(unit, coroutine's id) of the task that begins eagerly and is not known by its address yet."""


here = _Here()


class Asyncio:
    """Functions of asyncio as it was imported; None before."""

    current_task = None
    running_loop = None
    run_once = None
    """Code of the loop's one round."""


def current() -> TaskState | None:
    """State of the task that runs on this thread; None outside of tasks."""
    loop = Asyncio.running_loop and Asyncio.running_loop()
    if loop is None or Asyncio.current_task is None:
        return None
    task = Asyncio.current_task(loop)
    if task is None:
        return None
    state = states.get(id(task))
    return state if state is not None else adopt(task, 0)


recorder.current_task = current


def cause() -> int:
    """Unit to which what happens now is due: the task, or who scheduled the callback, or another thread; 0: the loop."""
    state = current()
    if state is not None:
        return state.unit
    if here.due[0]:
        return here.due[0]
    if Asyncio.running_loop and Asyncio.running_loop() is not None:
        return 0
    return recorder.current_thread_unit()


def tell_fault(error: Exception) -> None:
    """Something of ours went wrong; the program must not notice."""
    recorder.fault("Some of what asyncio and executors do is not shown: %s: %s" % (type(error).__name__, error))


def adopt(task, site: int) -> TaskState | None:
    """Makes a unit of a task that is seen for the first time."""
    try:
        return _adopt(task, site)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        tell_fault(error)
        return None


def _adopt(task, site: int) -> TaskState | None:
    starting = here.starting
    coroutine = getattr(task, "_coro", None)
    if starting is not None and coroutine is not None and starting[1] == id(coroutine):
        here.starting = None
        return register(task, starting[0])
    unit = recorder.new_id()
    if states and recorder.concurrency_begins is not None:
        recorder.concurrency_begins()
    state = register(task, unit)
    if state is not None:
        arg = name_as_arg(coroutine, state.name)
        try:
            pack, buffer, slot, _ = recorder.local.w
            pack(buffer, slot(), originals.now(), unit, arg, site, schema.TASK_CREATE)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            recorder.record_slow(schema.TASK_CREATE, unit, arg, site)
        if arg < 1 << 32:
            recorder.record(schema.NAME, unit, recorder.text(str(state.name)))
    return state


def register(task, unit: int) -> TaskState | None:
    """Ties a unit to its task."""
    try:
        state = TaskState(task, _forget)
        state.name = task.get_name()
    except (TypeError, AttributeError):
        return None
    state.key = key = id(task)
    state.unit = unit
    state.resumed_by = state.woken_by = state.outcome = 0
    state.waiting = None
    states[key] = state
    return state


def name_as_arg(coroutine, name: str) -> int:
    """The arg of task_create: the coroutine's name, and above it the number of a task that has asyncio's own name."""
    function = getattr(coroutine, "__qualname__", None)
    if type(function) is not str:
        function = type(coroutine).__name__
    known = recorder.run.texts.get(function) or recorder.text(function)
    return known | default_number(name) << 32


def default_number(name) -> int:
    """n where the name is `Task-n`, as asyncio names tasks; else 0."""
    if type(name) is str and name[:5] == "Task-":
        number = name[5:]
        if number.isdigit() and number[0] != "0" and len(number) < 10:
            return int(number)
    return 0


def tell_name(state: TaskState) -> None:
    """Writes a name that the user gave."""
    if not default_number(state.name):
        recorder.record(schema.NAME, state.unit, recorder.text(str(state.name)))


def _forget(state: TaskState) -> None:
    if states.get(state.key) is state:
        del states[state.key]


class Known:
    """A coroutine function of asyncio in which tasks wait."""

    __slots__ = ("operation", "covers", "find")

    def __init__(self, operation: str, find=None, *, covers: bool = False) -> None:
        self.operation = schema.OPERATIONS[operation]
        self.covers = covers
        """Whether it hides what it waits for inside, such as the event in Queue.join."""
        self.find = find
        """From (frame of the coroutine, future) to (operation, object id, holder, handed over); None: no object."""


PLAIN, USER = 0, 1
codes: dict[int, object] = {}
"""id of a code object -> PLAIN, USER or the Known it stands for."""
_kept: list[object] = []


def know(function, known: Known) -> None:
    """Says what it means when a task is suspended in this coroutine function (or code object)."""
    code = getattr(function, "__code__", function)
    if isinstance(code, types.CodeType):
        _kept.append(code)
        codes[id(code)] = known


def kind_of_code(code) -> object:
    _kept.append(code)
    kind = codes[id(code)] = USER if sites.is_user_file(code.co_filename) else PLAIN
    return kind


def inner_code(function, name: str):
    """The code of a function that is defined inside of another; None when this version has none of that name."""
    for constant in getattr(function, "__code__", function).co_consts:
        if isinstance(constant, types.CodeType) and constant.co_name == name:
            return constant
    return None
