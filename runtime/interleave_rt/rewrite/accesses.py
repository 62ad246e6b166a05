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
_INSTANCE, _LIST, _DICT, _SET, _DEQUE, _CONTAINER, _CUSTOM, _MODULE, _ITEM, _SCOPE, _ITERATOR, _CONFINED = (
    _O["variable." + name]
    for name in (
        "instance", "list", "dict", "set", "deque", "container", "custom", "module", "item", "scope", "iterator", "confined",
    )
)  # fmt: skip
_KINDS = {
    id(kind): number
    for kind, number in ((list, _LIST), (dict, _DICT), (set, _SET), (deque, _DEQUE), (bytearray, _CONTAINER))
}
_kinds: dict[int, int] = {}
"""What objects of a type are, by its id: to hash a type may run code of the user's."""
_types: list[type] = []
"""The types behind `_kinds`, so that no other one gets their ids."""
_IMMUTABLE = frozenset(
    id(kind)
    for kind in (
        int, float, complex, str, bytes, tuple, frozenset, bool, type(None), range, type(sys), type(len), type(lambda: 0),
        type(Ellipsis), slice, property, staticmethod, classmethod,
    )
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
# Documented as not safe to be used by several threads at once.
_FOR_ONE_THREAD = frozenset(
    {
        "sqlite3.Connection", "sqlite3.Cursor", "requests.sessions.Session", "botocore.session.Session",
        "sqlalchemy.orm.session.Session", "http.client.HTTPConnection", "smtplib.SMTP", "ftplib.FTP", "imaplib.IMAP4",
        "_io.TextIOWrapper", "_io.BufferedRandom", "_io.BufferedReader", "_io.BufferedWriter", "_io.FileIO",
    }
)  # fmt: skip
_WITHOUT_KEYS = frozenset({0, _INSTANCE, _LIST, _DEQUE, _ITERATOR, _CONFINED})
"""Kinds of which what is asked for is no key: `items.pop(0)`."""
_CALLS = frozenset({"object.call", "container.call"})
_ADVANCES = frozenset({"iterator.advance", "container.iterate"})
_DRIVES = frozenset({"send", "throw"})
_SHOWS = frozenset({"print", "str", "repr"})
MOST_KEYS = 64
# A place that came by the same key so often in one epoch is not looked at again in it.
MOST_SAME_KEY = 16
MOST_NAMES = 1024
MOST_NOTES = 32
"""Keys of one object that are noted at a place in one epoch while nobody shares it."""
MOST_RECORDS = 2000
ONE_IN = 16
SWEEP_AT = 64
FORGET_AT = 20_000

local = recorder.local
now = originals.now
_table: dict[int, object] = {}
"""id -> Entry or HoldingEntry."""
_held: list[HoldingEntry] = []
"""Entries that keep a list or dict alive."""
_modules: list[Module] = []
_BY_ANOTHER = schema.FLAG_0


class _State:
    """Whether anything is to be recorded: `on` from the moment on when there is a second thread, task or process."""

    on = False
    has_processes = False


class Entry(ref):
    """What is known of one object (or module's names): by whom it was accessed first, and where and when.

    Once it is shared it has a `number`. The object is what a call of the entry returns.
    """

    __slots__ = ("owner", "number", "place", "time", "more", "kind", "items", "known", "notes")

    owner: int
    number: int
    place: int | tuple
    """Number of a module's slot or site, in its unshared time, or that and a key. Most objects are accessed at one only."""
    time: int
    """Of the last access there; 0 when there was none."""
    more: dict | None
    """Other places -> time."""
    kind: int
    items: dict
    """Ids of its items by key."""
    known: dict
    """What to tell at a slot, with how often it was told."""
    notes: int
    """How often a key of it was noted."""


class HoldingEntry:
    """The same of an object that cannot be known by a weak reference, which is kept alive until a sweep."""

    __slots__ = ("strong", *Entry.__slots__)

    def __init__(self, obj) -> None:
        self.strong = obj

    def __call__(self):
        return self.strong


class Module:
    """The sites of one module: rows of `access_code`, and for each slot the numbers of its rows."""

    def __init__(self, names: dict, path: str, table: tuple) -> None:
        self.names = names
        self.file = sites.absolute(path)
        self.rows, self.groups = list(table[0]), table[1]
        self.named_rows: dict[tuple, int] = {}
        self.operations = [_O[_OPERATION_OF.get(row[0], row[0])] for row in self.rows]
        self.sites = [0] * len(self.rows)
        self.counts = [0] * len(self.rows)
        self.index = len(_modules) << 21
        self.index_of_slots = self.index | _SLOT
        self.is_typed = [not numbers for numbers in (*self.groups[1:], (0,))]
        """Whether in the slot after this one is the type that was no container there and was last seen."""

    def kept(self, slot: int, obj) -> None:
        local.__dict__.setdefault("kept", {})[self.index | slot] = obj

    def named(self, number: int, name: str) -> int:
        """The row of a place that is given the name of an attribute, for that name; -1 for one name too many."""
        known = self.named_rows.get((number, name))
        if known is None:
            with recorder.id_lock():
                known = self.named_rows.get((number, name))
                if known is None:
                    known = self.named_rows[number, name] = self._name(number, name)
        return known

    def _name(self, number: int, name: str) -> int:
        row = self.rows[number]
        if len(self.named_rows) >= MOST_NAMES:
            return -1
        related = row[4]
        if related >= 0 and not self.rows[related][1]:
            related = self.named(related, name)
        self.operations.append(self.operations[number])
        self.sites.append(0)
        self.counts.append(0)
        base = row[2].partition(".")[0] if "(" in row[2] else row[2].rpartition(".")[0]
        self.rows.append((row[0], name, base + "." + name, row[3], related, *row[5:]))
        return len(self.rows) - 1

    def take(self, slot: int):
        return local.__dict__.get("kept", _NOBODY).pop(self.index | slot, None)

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
        if related >= 0 and field and self.rows[related][:2] == ("attribute.read", ""):
            # `hasattr(thing, "name")`: of that place, what it looks at for this name.
            related = self.named(related, field)
        read = self.site(related) if related >= 0 else 0
        recorder.write(
            recorder.text(field) | recorder.text(text) << 32, read | written << 32, 0, site,
            schema.ACCESS_SITE | self.operations[number] | (flags & 0xFF) << schema.FLAGS_SHIFT,
        )  # fmt: skip
        return site


_SLOT = 1 << 20
"""Bit of a place in an entry that stands for a slot, and so for all of its sites."""
_NOBODY: dict = {}
_OPERATION_OF = {"container.read": "container.call"}


_NOTHING: frozenset = frozenset()
MOST_SEEN = 4096


def _new_slots(module: Module) -> list:
    touched, _, number = recorder.epoch()
    return [*([_NOTHING] * len(module.groups)), number, touched, module]


_slots: dict[int, tuple] = {}
"""id of a module's thread-local -> (it, the module)."""


def register(names: dict, path: str, table: tuple):
    """Called at the start of a rewritten module, whose globals are `names`.

    Returns what has, for each thread, `t`: for each slot the ids that were seen at it in this epoch, and at the end the
    module. A plain thread-local, since a class of one would take twice the time at each call of a function.
    """
    module = Module(names, path, table)
    _modules.append(module)
    made = originals.ThreadLocal()
    _slots[id(made)] = (made, module)
    names["_interleave_on"] = _State.on
    return made


def slots_of(place) -> list:
    """The calling thread's slots of a module, made at first: sets of ids and types (`Module.is_typed`), then its
    epoch's number and the slots that were touched in it (`recorder.epoch`), and the module."""
    try:
        return place.t
    except AttributeError:
        place.t = _new_slots(_slots[id(place)][1])
        return place.t


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
    for module in _modules:
        module.names["_interleave_on"] = True


def begin_processes() -> None:
    """There is more than one process: accesses by way of global names are told also when no thread shares them."""
    _State.has_processes = True
    begin()


def _touch(slots: list, slot: int, number: int) -> None:
    """Notes that an id was seen at a slot in this epoch, and that the slot has to be emptied at its end."""
    seen = slots[slot]
    if not seen:
        slots[-2].append((slots, slot))
        slots[slot] = {number}
    elif len(seen) < MOST_SEEN:
        seen.add(number)
    else:
        slots[slot] = {number}


def see(slots, slot: int, obj, _=None):
    """An object is about to be accessed at a slot; returns it. `slots` is None or false while there is one thread."""
    if not slots:
        return obj
    number = id(obj)
    seen = slots[slot]
    if number in seen:
        return obj
    try:
        if not seen:
            slots[-2].append((slots, slot))
            slots[slot] = {number}
        elif len(seen) < MOST_SEEN:
            seen.add(number)
        else:
            slots[slot] = {number}
        module = slots[-1]
        if module.is_typed[slot] and _kind_of(type(obj)) <= _INSTANCE:
            slots[slot + 1] = type(obj)
            return obj
        entry = _table.get(number)
        if entry is not None and entry() is obj:
            if entry.number:
                told = entry.known.get(module.index | slot)
                if told is not None and _tell_again(slots, told):
                    return obj
            elif not _State.has_processes and entry.owner == _owner():
                _note(entry, module.index_of_slots | slot)
                return obj
        else:
            kind = _kinds.get(id(type(obj)))
            if kind is None:
                kind = _kind_of(type(obj))
            if not kind:
                return obj
            entry = _new_entry(obj, kind)
            if not _State.has_processes:
                entry.place = module.index_of_slots | slot
                entry.time = now()
                return obj
        _tell_all(module, slot, obj)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return obj


def _tell_again(slots: list, told: list) -> bool:
    """Writes the accesses of a slot once more; of a place that tells very often, in one epoch of ONE_IN only.

    False at the end of a segment: the long way makes a new one.
    """
    count = told[0] = told[0] + 1
    if count >= MOST_RECORDS:
        if count == MOST_RECORDS:
            for _, _, site in told[1]:
                recorder.plain_record(schema.SAMPLED, count, ONE_IN, site)
        if slots[-3][0] % ONE_IN:
            return True
    try:
        pack, buffer, place, _ = local.r
        time = now()
        for commit, variable, site in told[1]:
            pack(buffer, place(), time, variable, 0, site, commit)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return False
    return True


def _tell_all(module: Module, slot: int, obj) -> None:
    told: list[tuple] | None = []
    entry = None
    for number in module.groups[slot]:
        found = _access(module, number, obj, None)
        if (
            found is None
            or told is None
            or (entry is not None and found[0] is not entry)
            or _is_sampled(module, number)
        ):
            told = None
            continue
        entry = found[0]
        told.append((schema.ACCESS | module.operations[number], found[1], module.site(number)))
    # Only what is told of the object itself; of a class's attributes, say, the object is another one.
    if told and entry is not None and _table.get(id(obj)) is entry:
        # Kept when it is there already: the end of a segment leads here, too.
        entry.known.setdefault(module.index | slot, [0, tuple(told)])


def _is_sampled(module: Module, number: int) -> bool:
    return module.counts[number] >= MOST_RECORDS


def see_key(slots: list, slot: int, obj, key):
    """An item of an object is about to be accessed; returns its key."""
    if _kinds.get(id(type(obj))) != 0:
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                if not _access(module, number, obj, _key_text(key)):
                    # Nobody shares it so far: the first keys of an epoch are enough.
                    entry = _table.get(id(obj))
                    if entry is None or _is_noted_enough(entry):
                        _touch(slots, slot, id(obj))
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return key


def see_at_key(slots: list, slot: int, obj, key):
    """An item of an object is about to be accessed; returns the object."""
    if id(obj) not in slots[slot]:
        see_key(slots, slot, obj, key)
    return obj


def see_item(slots: list, slot: int, obj, key):
    """A container is about to be asked about a key; returns the container."""
    if _kind_of(type(obj)) in _WITHOUT_KEYS:
        return see(slots, slot, obj)
    if id(obj) not in slots[slot]:
        see_key(slots, slot, obj, key)
    return obj


def see_by_name(slots: list, slot: int, values: tuple) -> tuple:
    """An attribute is about to be accessed by a function that is given its name: (object, name, ...); returns that."""
    try:
        obj, name = values[0], values[1]
        seen = hash((id(obj), name)) if type(name) is str else 0
        if seen and seen not in slots[slot] and _kinds.get(id(type(obj))) != 0:
            _touch(slots, slot, seen)
            module = slots[-1]
            for number in module.groups[slot]:
                named = module.named(number, name)
                if named >= 0:
                    _access(module, named, obj, None)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return values


def see_field(slots, slot: int, obj, name):
    """A field of an object is about to be accessed through its `__dict__`; returns its name."""
    if slots is not None:
        see_by_name(slots, slot, (obj, name))
    return name


def keep(slots, slot: int, obj):
    """Keeps a container until the key is known by which it is accessed; returns it."""
    if slots and id(obj) not in slots[slot] and _kinds.get(id(type(obj))) != 0:
        slots[-1].kept(slot, obj)
    return obj


def see_kept_key(slots, slot: int, key):
    """The key by which the container that was kept is accessed; returns it."""
    if slots:
        obj = slots[-1].take(slot)
        if obj is not None:
            see_key(slots, slot, obj, key)
    return key


def see_name(slots: list, slot: int, value):
    """A global name is about to be read, or written with this value; returns the value."""
    if slots and 1 not in slots[slot]:
        _touch(slots, slot, 1)
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                _tell(module, number, _entry(module, _MODULE), None)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return value


class Cells:
    """Stands for one call of a function whose names an inner function rebinds."""

    __slots__ = ("__weakref__",)


def see_cell(slots, slot: int, owner: Cells, value):
    """A name of an enclosing function's call is about to be read, or written with this value; returns the value."""
    if slots:
        _touch(slots, slot, id(owner))
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                _tell(module, number, _entry(owner, _SCOPE), None)
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


def _access(module: Module, number: int, obj, key):
    """(entry, id of the variable) of what was told; None when it was noted only."""
    row = module.rows[number]
    operation = row[0]
    if operation.startswith("attribute."):
        obj = _holder(obj, row[1], operation)
        if obj is None:
            return None
        kind = _CONFINED if _kind_of(type(obj)) == _CONFINED else _INSTANCE
    else:
        kind = _kind_of(type(obj))
        if not _applies(kind, operation, row[1]):
            return None
        if key is None and operation.startswith("item.") and row[1][:1] in _CONSTANT_KEYS:
            key = row[1]
        if kind in _WITHOUT_KEYS and operation.startswith("container."):
            key = None
    return _tell(module, number, _entry(obj, kind), key)


def _applies(kind: int, operation: str, field: str) -> bool:
    """Whether an operation that is none on an attribute means something for objects of a kind."""
    if kind == _CONFINED:
        return operation in _CALLS
    if kind == _ITERATOR:
        return (operation in _ADVANCES and field not in _SHOWS) or (operation == "object.call" and field in _DRIVES)
    return kind not in (0, _INSTANCE) and operation not in ("object.call", "iterator.advance")


_CONSTANT_KEYS = frozenset("'\"-0123456789")


def _kind_of(kind: type) -> int:
    """What objects of a type are; 0 for those that are not followed."""
    known = _kinds.get(id(kind))
    if known is None:
        _types.append(kind)
        known = _kinds[id(kind)] = _classify(kind)
    return known


def _classify(kind: type) -> int:
    # Types are compared by identity: a metaclass of the user's may define `__eq__` and `__hash__`.
    if id(kind) in _IMMUTABLE or any(base is originals.ThreadLocal for base in kind.__mro__):
        return 0
    if any(_full_name(base) in _FOR_ONE_THREAD for base in kind.__mro__):
        return _CONFINED
    module = type.__getattribute__(kind, "__module__")
    if not isinstance(module, str) or module.partition(".")[0] in _LIBRARY:
        return 0
    if module in ("builtins", "itertools") and _has(kind, "__next__"):
        # To count is one step, and known for it.
        return 0 if kind.__name__ == "count" else _ITERATOR
    for base in kind.__mro__:
        found = _KINDS.get(id(base))
        if found is not None:
            return _CONTAINER if module == "collections" else found if base is kind else _CUSTOM
    return _INSTANCE


def _full_name(kind: type) -> str:
    module = type.__getattribute__(kind, "__module__")
    return "%s.%s" % (module, kind.__qualname__) if isinstance(module, str) else ""


def _holder(obj, field: str, operation: str):
    """The object in which an attribute lives; None when it is not to be followed (a property, a method, a local)."""
    kind = type(obj)
    if not _kind_of(kind):
        return None
    if isinstance(obj, type):
        return obj
    own = _own_names(obj)
    if own is not None and dict.__contains__(own, field):
        return obj
    for base in kind.__mro__:
        found = base.__dict__.get(field, _MISSING)
        if found is _MISSING:
            continue
        if type(found) is _Member:
            return obj
        if _has(type(found), "__set__"):
            return None
        if operation != "attribute.read":
            return obj
        return None if _has(type(found), "__get__") else base
    return obj


def _own_names(obj):
    """The instance's `__dict__`, when it is a plain one; a property of this name is the user's own."""
    for base in type(obj).__mro__:
        found = type.__getattribute__(base, "__dict__").get("__dict__")
        if found is not None:
            return found.__get__(obj) if type(found) is _DictOf else None
    return None


def _has(kind: type, name: str) -> bool:
    return any(name in type.__getattribute__(base, "__dict__") for base in kind.__mro__)


_MISSING = object()


class _Sample:
    __slots__ = ("field",)


_Member = type(_Sample.field)  # type: ignore[attr-defined]
_DictOf = type(Module.__dict__["__dict__"])


def _entry(obj, kind: int):
    key = id(obj)
    entry = _table.get(key)
    return entry if entry is not None and entry() is obj else _new_entry(obj, kind)


def _new_entry(obj, kind: int):
    if len(_table) >= _next_sweep[1]:
        _forget_dead()
    if kind == _LIST or kind == _DICT:
        entry = _hold(obj, kind)
    else:
        try:
            entry = Entry(obj)
        except TypeError:
            entry = _hold(obj, kind)
    entry.number = entry.place = entry.time = entry.notes = 0
    entry.more = None
    if recorder.current_task is None:
        try:
            entry.owner = local.w[3]
        except AttributeError:
            entry.owner = recorder.current_thread_unit()
    else:
        entry.owner = _owner()
    _table[id(obj)] = entry
    return entry


def _note(entry, place, key=None) -> None:
    if key and (entry.more is None or len(entry.more) < MOST_KEYS):
        place = (place, key)
    if entry.place == place or not entry.time:
        entry.place, entry.time = place, now()
    elif entry.more is None:
        entry.more = {place: now()}
    else:
        entry.more[place] = now()


def _is_noted_enough(entry) -> bool:
    entry.notes += 1
    return entry.notes % MOST_NOTES == 0


def _hold(obj, kind: int) -> HoldingEntry:
    entry = HoldingEntry(obj)
    _held.append(entry)
    # A connection closes what it holds as soon as nobody has it.
    if len(_held) >= _next_sweep[0] or kind == _CONFINED:
        sweep()
    return entry


_next_sweep = [SWEEP_AT, FORGET_AT]
"""How many containers are held, and how many objects are known, when the dead ones are looked for next."""


def sweep() -> None:
    """Lets go of lists and dicts that only we keep alive."""
    count = sys.getrefcount
    kept = []
    count_now = len(_held)
    for entry in _held[:count_now]:
        # Ours: the slot of the entry and the argument of the call.
        if count(entry.strong) <= 2:
            _table.pop(id(entry.strong), None)
            entry.strong = None
        else:
            kept.append(entry)
    # What another thread has added meanwhile stays.
    _held[:count_now] = kept
    _next_sweep[0] = max(SWEEP_AT, 2 * len(kept))


def _forget_dead() -> None:
    for key, entry in list(_table.items()):
        if type(entry) is Entry and entry() is None:
            _table.pop(key, None)
    _next_sweep[1] = max(FORGET_AT, 2 * len(_table))


def _owner() -> int:
    if recorder.current_task is not None:
        state = recorder.current_task()
        if state is not None:
            return state.unit
    try:
        return local.w[3]
    except AttributeError:
        return recorder.current_thread_unit()


def _tell(module: Module, number: int, entry, key):
    owner = _owner()
    if not entry.number:
        is_global = _State.has_processes and module.rows[number][3] & 32
        if entry.owner == owner and not is_global:
            _note(entry, module.index | number, key)
            return None
        _share(entry)
    variable = entry.number
    if key:
        variable = _item(entry, key)
    again = (module.index, number, variable)
    seen = local.seen
    if again in seen:
        return entry, variable
    seen.add(again)
    count = module.counts[number] = module.counts[number] + 1
    if count == 1:
        sites.tell_calls(originals.getframe(1), module.site(number))
    if count >= MOST_RECORDS:
        if count == MOST_RECORDS:
            recorder.plain_record(schema.SAMPLED, count, ONE_IN, module.site(number))
        if local.epoch[0] % ONE_IN:
            return entry, variable
    recorder.plain_record(schema.ACCESS | module.operations[number], variable, 0, module.site(number))
    return entry, variable


def _note_key(keys: dict, place: int, key: str) -> bool:
    """Notes by which key an item was accessed at a place; False when the next one need not be looked at."""
    known = keys.setdefault(place, [key, 0])
    if known is None or known[0] != key or not key:
        keys[place] = None
        return False
    known[1] += 1
    return known[1] < MOST_SAME_KEY


def _share(entry) -> None:
    """A second owner has come: writes what the first one did."""
    obj = entry()
    entry.items, entry.known = {}, {}
    entry.kind = _kind_of_entry(obj)
    entry.number = recorder.new_id()
    kind = type(obj)
    if type(obj) is Module:
        name = obj.names.get("__name__", "")
        name = name if isinstance(name, str) else ""
    else:
        name = obj.__qualname__ if isinstance(obj, type) else kind.__qualname__
        if entry.kind == _CONFINED:
            name = next(found for found in map(_full_name, kind.__mro__) if found in _FOR_ONE_THREAD)
    flags = _BY_ANOTHER if entry.kind == _CUSTOM else 0
    recorder.plain_record(schema.VARIABLE | entry.kind | flags, entry.number, 0, recorder.text(name))
    for module, number, key, time in _past(entry):
        row = module.rows[number]
        if row[0].startswith("attribute."):
            if _holder(obj, row[1], row[0]) is not obj:
                continue
        elif not _applies(entry.kind, row[0], row[1]):
            continue
        commit = schema.ACCESS | module.operations[number] | _BY_ANOTHER
        variable = _item(entry, key) if key else entry.number
        recorder.write(time, variable, entry.owner, module.site(number), commit)
    entry.more = None


def _kind_of_entry(obj) -> int:
    if type(obj) is Module:
        return _MODULE
    return _SCOPE if type(obj) is Cells else _kind_of(type(obj)) or _INSTANCE


def _past(entry) -> list:
    """(module, number of the site, key or "", time) of all that was noted of an object, in the order of time."""
    pairs = [(entry.place, entry.time)] if entry.time else []
    pairs += (entry.more or {}).items()
    found = []
    for place, time in sorted(pairs, key=lambda each: each[1]):
        place, key = place if type(place) is tuple else (place, "")
        module, number = _modules[place >> 21], place & 0xFFFFF
        found += [(module, each, key, time) for each in (module.groups[number] if place & _SLOT else (number,))]
    return found


def _item(entry, key: str) -> int:
    known = entry.items.get(key)
    if known is None:
        if len(entry.items) >= MOST_KEYS:
            return entry.number
        known = entry.items[key] = recorder.new_id()
        recorder.plain_record(schema.VARIABLE | _ITEM, known, entry.number, recorder.text(key))
    return known


def end_epoch(touched: list, seen: set, number: list) -> None:
    """The calling thread records a fact: what it accesses from now on is told anew."""
    for slots, slot in touched:
        slots[slot] = _NOTHING
    touched.clear()
    seen.clear()
    number[0] += 1


def restart_in_child() -> None:
    """In a forked child, which inherits all that is known, under ids of its parent's."""
    _table.clear()
    _held.clear()
    local.__dict__.get("seen", set()).clear()
    for module in _modules:
        module.counts = [0] * len(module.rows)
    begin_processes()
    for place, module in _slots.values():
        # In place: the functions that are running keep the list.
        slots_of(place)[:] = _new_slots(module)
