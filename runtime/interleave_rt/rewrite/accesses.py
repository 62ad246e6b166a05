"""What functions that were rewritten for race mode call: who accesses what, told once it is shared.

An object's first owner (a thread, or a task of one) accesses it for nothing but a note: which places, and when last. When
a second owner comes, the object gets an id, the notes are written as accesses of the first owner, and from then on each
access is written, once for each place, object and epoch. An epoch of a thread ends with any fact that it records but the
begin and end of functions.

Instances, sets and deques are known by weak references; lists and dicts cannot be, so what is known of one keeps it
alive until a sweep finds that nobody else does. The table is shared by all threads: what two of them do to it at once may
lose an access, never invent one.
"""

from __future__ import annotations

import sys
from collections import deque
from weakref import ref

from .. import _schema as schema
from .. import originals, recorder, sites

_O = schema.OPERATIONS
_INSTANCE, _LIST, _DICT, _SET, _DEQUE, _CONTAINER, _CUSTOM, _MODULE, _ITEM = (
    _O["variable." + name]
    for name in ("instance", "list", "dict", "set", "deque", "container", "custom", "module", "item")
)
_KINDS = {list: _LIST, dict: _DICT, set: _SET, deque: _DEQUE, bytearray: _CONTAINER}
_IMMUTABLE = frozenset(
    {
        int, float, complex, str, bytes, tuple, frozenset, bool, type(None), range, type(sys), type(len), type(lambda: 0),
        type(Ellipsis), slice, property, staticmethod, classmethod,
    }
)  # fmt: skip
_SIMPLE_KEYS = (int, str, float, bool, bytes, type(None))
# What these make is made to be shared, or is the library's own.
_LIBRARY = frozenset(
    {
        "threading",
        "_thread",
        "queue",
        "_queue",
        "asyncio",
        "_asyncio",
        "concurrent",
        "multiprocessing",
        "logging",
        "_io",
    }
)
MOST_KEYS = 64
MOST_RECORDS = 2000
ONE_IN = 16
SWEEP_AT = 64
MOST_ENTRIES = 200_000

local = recorder.local
_table: dict[int, Entry] = {}
_held: list[Entry] = []
"""Entries that keep a list or dict alive."""
_modules: list[Module] = []
_BY_ANOTHER = schema.FLAG_0


class _State:
    """Whether anything is to be recorded: `on` from the moment on when there is a second thread, task or process."""

    on = False
    has_processes = False


class Entry:
    """What is known of one object (or module's names)."""

    __slots__ = ("ref", "strong", "owner", "number", "past", "items", "kind", "next_sweep")

    def __init__(self, obj, kind: int, owner: int) -> None:
        self.kind = kind
        self.owner = owner
        self.number = 0
        self.past: dict = {}
        self.items: dict = {}
        self.ref = self.strong = None
        try:
            self.ref = ref(obj)
        except TypeError:
            self.strong = obj

    def is_of(self, obj) -> bool:
        return self.strong is obj if self.ref is None else self.ref() is obj


class Module:
    """The sites of one module: rows of `access_code`, and for each slot the numbers of its rows."""

    def __init__(self, names: dict, path: str, table: tuple) -> None:
        self.names = names
        self.file = sites.absolute(path)
        self.rows, self.groups = table
        self.operations = [_O[_OPERATION_OF.get(row[0], row[0])] for row in self.rows]
        self.sites = [0] * len(self.rows)
        self.counts = [0] * len(self.rows)
        self.index = len(_modules)

    def site(self, number: int) -> int:
        """The site's id; defined at its first access, with that of the read it depends on."""
        known = self.sites[number]
        return known or self._define(number)

    def _define(self, number: int) -> int:
        with recorder.id_lock():
            return self.sites[number] or self._define_once(number)

    def _define_once(self, number: int) -> int:
        _, field, text, flags, related, written, line, column, end_line, end_column, function = self.rows[number]
        site = recorder.define_site(self.file, function, line, end_line, column, end_column)
        self.sites[number] = site
        read = self.site(related) if related >= 0 else 0
        recorder.write(
            recorder.text(field) | recorder.text(text) << 32, read | written << 32, 0, site,
            schema.ACCESS_SITE | self.operations[number] | (flags & 0xFF) << schema.FLAGS_SHIFT,
        )  # fmt: skip
        return site


_OPERATION_OF = {"container.read": "container.call"}


class Slots(originals.ThreadLocal):
    """Per thread: `t`, the ids last seen at each slot of one module, and at its end the module; None while alone."""

    def __init__(self, module: Module) -> None:
        self.t = _new_slots(module) if _State.on else None


def _new_slots(module: Module) -> list:
    return [*([0] * len(module.groups)), module]


_slots: list[Slots] = []


def register(names: dict, path: str, table: tuple) -> Slots:
    """Called at the start of a rewritten module, whose globals are `names`."""
    module = Module(names, path, table)
    _modules.append(module)
    made = Slots(module)
    _slots.append(made)
    names["_interleave_on"] = _State.on
    return made


def install() -> None:
    """Puts race mode on; before the recorder starts."""
    recorder.end_epoch = end_epoch
    recorder.concurrency_begins = begin
    recorder.processes_begin = begin_processes
    recorder.after_fork.append(restart_in_child)


def begin() -> None:
    """From now on there is more than one thread, task or process. Called by the one who makes the second."""
    if _State.on:
        return
    _State.on = True
    for slots, module in zip(_slots, _modules):
        slots.t = _new_slots(module)
        module.names["_interleave_on"] = True


def begin_processes() -> None:
    """There is more than one process: accesses by way of global names are told also when no thread shares them."""
    _State.has_processes = True
    begin()


def _touch(slots: list, slot: int) -> None:
    """Notes that a slot has to be emptied at the end of the epoch."""
    try:
        local.touched.append((slots, slot))
    except AttributeError:
        # A thread that we did not see begin, or one that has ended as far as we know.
        recorder.current_thread_unit()
        local.__dict__.setdefault("touched", []).append((slots, slot))
        local.__dict__.setdefault("seen", set())
        local.__dict__.setdefault("epoch", 0)


def see(slots, slot: int, obj):
    """An object is about to be accessed at a slot; returns it. `slots` is None while there is one thread."""
    if slots is None:
        return obj
    slots[slot] = id(obj)
    _touch(slots, slot)
    if type(obj) not in _IMMUTABLE:
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                _access(module, number, obj, None)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return obj


def see_key(slots: list, slot: int, obj, key):
    """An item of an object is about to be accessed; returns its key."""
    if type(obj) not in _IMMUTABLE:
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                if not _access(module, number, obj, _key_text(key)):
                    # Nobody shares it so far: the first key of an epoch is enough.
                    slots[slot] = id(obj)
                    _touch(slots, slot)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return key


def see_name(slots: list, slot: int, value):
    """A global name is about to be read, or written with this value; returns the value."""
    if slots[slot] != 1:
        slots[slot] = 1
        _touch(slots, slot)
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                _tell(module, number, _entry(module, _MODULE), None)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return value


def _key_text(key):
    """'' for a key of a type of the user's own or a long one."""
    kind = type(key)
    if kind in _SIMPLE_KEYS:
        return repr(key)[:60]
    if kind is tuple and all(type(each) in _SIMPLE_KEYS for each in key):
        return repr(key)[:60]
    return ""


def _access(module: Module, number: int, obj, key) -> bool:
    """False when it was noted only."""
    row = module.rows[number]
    operation = row[0]
    if operation.startswith("attribute."):
        obj = _holder(obj, row[1], operation)
        if obj is None:
            return False
        kind = _INSTANCE
    else:
        kind = _KINDS.get(type(obj), 0) or _kind_of_container(obj)
        if not kind:
            return False
        if key is None and operation.startswith("item.") and row[1][:1] in _CONSTANT_KEYS:
            key = row[1]
    return _tell(module, number, _entry(obj, kind), key)


_CONSTANT_KEYS = frozenset("'\"-0123456789")


def _kind_of_container(obj) -> int:
    for base in type(obj).__mro__[1:]:
        if base in _KINDS:
            return _CONTAINER if type(obj).__module__ == "collections" else _CUSTOM
    return 0


def _holder(obj, field: str, operation: str):
    """The object in which an attribute lives; None when it is not to be followed (a property, a method, a local)."""
    kind = type(obj)
    if kind.__module__.partition(".")[0] in _LIBRARY or isinstance(obj, originals.ThreadLocal):
        return None
    if isinstance(obj, type):
        return obj
    try:
        own = object.__getattribute__(obj, "__dict__")
    except AttributeError:
        own = ()
    if field in own:
        return obj
    for base in kind.__mro__:
        found = base.__dict__.get(field, _MISSING)
        if found is _MISSING:
            continue
        if type(found) is _Member:
            return obj
        if hasattr(type(found), "__set__"):
            return None
        if operation != "attribute.read":
            return obj
        return None if hasattr(type(found), "__get__") else base
    return obj


_MISSING = object()


class _Sample:
    __slots__ = ("field",)


_Member = type(_Sample.field)  # type: ignore[attr-defined]


def _entry(obj, kind: int) -> Entry:
    key = id(obj)
    entry = _table.get(key)
    if entry is not None and entry.is_of(obj):
        return entry
    if len(_table) >= MOST_ENTRIES:
        _forget_dead()
    entry = _table[key] = Entry(obj, kind, _owner())
    if entry.ref is None:
        _held.append(entry)
        if len(_held) >= _next_sweep[0]:
            sweep()
    return entry


_next_sweep = [SWEEP_AT]


def sweep() -> None:
    """Lets go of lists and dicts that only we keep alive."""
    count = sys.getrefcount
    kept = []
    for entry in _held[:]:
        # Ours: the slot of the entry and the argument of the call.
        if count(entry.strong) <= 2:
            _table.pop(id(entry.strong), None)
            entry.strong = None
            entry.ref = _gone
        else:
            kept.append(entry)
    _held[:] = kept
    _next_sweep[0] = max(SWEEP_AT, 2 * len(kept))


def _gone():
    return None


def _forget_dead() -> None:
    for key, entry in list(_table.items()):
        if entry.ref is not None and entry.ref() is None:
            _table.pop(key, None)


def _owner() -> int:
    tasks = sys.modules.get("interleave_rt.patches._tasks")
    if tasks is not None:
        state = tasks.current()
        if state is not None:
            return state.unit
    return recorder.current_thread_unit()


def _tell(module: Module, number: int, entry: Entry, key) -> bool:
    owner = _owner()
    if not entry.number:
        is_global = _State.has_processes and module.rows[number][3] & 32
        if entry.owner == owner and not is_global:
            entry.past[(module.index, number)] = originals.now()
            return False
        _share(entry)
    variable = entry.number
    if key:
        variable = _item(entry, key)
    again = (module.index, number, variable)
    seen = local.seen
    if again in seen:
        return True
    seen.add(again)
    count = module.counts[number] = module.counts[number] + 1
    if count >= MOST_RECORDS:
        if count == MOST_RECORDS:
            recorder.plain_record(schema.SAMPLED, count, ONE_IN, module.site(number))
        if local.epoch % ONE_IN:
            return True
    recorder.plain_record(schema.ACCESS | module.operations[number], variable, 0, module.site(number))
    return True


def _share(entry: Entry) -> None:
    """A second owner has come: writes what the first one did."""
    obj = entry.strong if entry.ref is None else entry.ref()
    entry.number = recorder.new_id()
    kind = type(obj)
    if type(obj) is Module:
        name = obj.names.get("__name__", "")
        name = name if isinstance(name, str) else ""
    else:
        name = obj.__qualname__ if isinstance(obj, type) else kind.__qualname__
    flags = _BY_ANOTHER if entry.kind == _CUSTOM else 0
    recorder.plain_record(schema.VARIABLE | entry.kind | flags, entry.number, 0, recorder.text(name))
    for (index, number), time in sorted(entry.past.items(), key=lambda each: each[1]):
        module = _modules[index]
        commit = schema.ACCESS | module.operations[number] | _BY_ANOTHER
        recorder.write(time, entry.number, entry.owner, module.site(number), commit)
    entry.past.clear()


def _item(entry: Entry, key: str) -> int:
    known = entry.items.get(key)
    if known is None:
        if len(entry.items) >= MOST_KEYS:
            return entry.number
        known = entry.items[key] = recorder.new_id()
        recorder.plain_record(schema.VARIABLE | _ITEM, known, entry.number, recorder.text(key))
    return known


def end_epoch(touched: list, seen: set) -> None:
    """The calling thread records a fact: what it accesses from now on is told anew."""
    for slots, slot in touched:
        slots[slot] = 0
    touched.clear()
    seen.clear()
    local.epoch += 1


def restart_in_child() -> None:
    """In a forked child, which inherits all that is known, under ids of its parent's."""
    _table.clear()
    _held.clear()
    for module in _modules:
        module.counts = [0] * len(module.rows)
    begin_processes()
    for slots, module in zip(_slots, _modules):
        slots.t = _new_slots(module)
