"""What race mode writes: that an object became shared, what was done to it before, and each access from then on."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from .access_entries import MOST_KEYS, entry_of, note, owner_now, table
from .access_kinds import (
    CONFINED,
    CUSTOM,
    FOR_ONE_THREAD,
    INSTANCE,
    ITEM,
    MODULE,
    SCOPE,
    WITHOUT_KEYS,
    applies,
    full_name,
    holder,
    kind_of,
)  # fmt: skip
from .access_modules import SLOT, Cells, Module, State, modules

LONGEST_WAIT_SECONDS = 0.1
MOST_RECORDS = 2000
ONE_IN = 16
_SIMPLE_KEYS = (int, str, float, bool, bytes, type(None))
_CONSTANT_KEYS = frozenset("'\"-0123456789")
_BY_ANOTHER = schema.FLAG_0
local = recorder.local
now = originals.now


def access(module: Module, number: int, obj, key):
    """(entry, id of the variable) of what was told; None when it was noted only."""
    row = module.rows[number]
    operation = row[0]
    if operation.startswith("attribute."):
        obj = holder(obj, row[1], operation)
        if obj is None:
            return None
        kind = CONFINED if kind_of(type(obj)) == CONFINED else INSTANCE
    else:
        kind = kind_of(type(obj))
        if not applies(kind, operation, row[1]):
            return None
        if key is None and operation.startswith("item.") and row[1][:1] in _CONSTANT_KEYS:
            key = row[1]
        if kind in WITHOUT_KEYS and operation.startswith("container."):
            key = None
    return tell(module, number, entry_of(obj, kind), key)


def tell(module: Module, number: int, entry, key):
    owner = owner_now()
    if not entry.number:
        is_global = State.has_processes and module.rows[number][3] & 32
        if entry.owner == owner and not is_global:
            note(entry, module.index | number, key)
            if not entry.number:
                return None
        _share_once(entry)
        if not entry.number:
            return None
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


def tell_again(slots: list, told: list) -> bool:
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


def tell_all(module: Module, slot: int, obj) -> None:
    told: list[tuple] | None = []
    entry = None
    for number in module.groups[slot]:
        found = access(module, number, obj, None)
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
    if told and entry is not None and table.get(id(obj)) is entry:
        # Kept when it is there already: the end of a segment leads here, too.
        entry.known.setdefault(module.index | slot, [0, tuple(told)])


def _is_sampled(module: Module, number: int) -> bool:
    return module.counts[number] >= MOST_RECORDS


def _share_once(entry) -> None:
    """Not waited for without end: what the collector runs meanwhile may wait for us."""
    lock = recorder.id_lock()
    if lock.acquire(True, LONGEST_WAIT_SECONDS):
        try:
            if not entry.number:
                _share(entry)
        finally:
            lock.release()


def _share(entry) -> None:
    """A second owner has come: writes what the first one did."""
    obj = entry()
    entry.items, entry.known = {}, {}
    entry.kind = _kind_of_entry(obj)
    number_of_variable = recorder.new_id()
    kind = type(obj)
    if type(obj) is Module:
        name = obj.names.get("__name__", "")
        name = name if isinstance(name, str) else ""
    else:
        name = obj.__qualname__ if isinstance(obj, type) else kind.__qualname__
        if entry.kind == CONFINED:
            name = next(found for found in map(full_name, kind.__mro__) if found in FOR_ONE_THREAD)
    flags = _BY_ANOTHER if entry.kind == CUSTOM else 0
    recorder.plain_record(schema.VARIABLE | entry.kind | flags, number_of_variable, 0, recorder.text(name))
    # From here on others tell as well, of what is known by now.
    entry.number = number_of_variable
    for module, number, key, time in _past(entry):
        row = module.rows[number]
        if row[0].startswith("attribute."):
            if holder(obj, row[1], row[0]) is not obj:
                continue
        elif not applies(entry.kind, row[0], row[1]):
            continue
        commit = schema.ACCESS | module.operations[number] | _BY_ANOTHER
        variable = _item(entry, key) if key else entry.number
        recorder.write(time, variable, entry.owner, module.site(number), commit)
    entry.more = None


def _kind_of_entry(obj) -> int:
    if type(obj) is Module:
        return MODULE
    return SCOPE if type(obj) is Cells else kind_of(type(obj)) or INSTANCE


def _past(entry) -> list:
    """(module, number of the site, key or "", time) of all that was noted of an object, in the order of time."""
    pairs = [(entry.place, entry.time)] if entry.time else []
    pairs += (entry.more or {}).items()
    found = []
    for place, time in sorted(pairs, key=lambda each: each[1]):
        place, key = place if type(place) is tuple else (place, "")
        module, number = modules[place >> 21], place & 0xFFFFF
        found += [(module, each, key, time) for each in (module.groups[number] if place & SLOT else (number,))]
    return found


def _item(entry, key: str) -> int:
    known = entry.items.get(key)
    if known is None:
        if len(entry.items) >= MOST_KEYS:
            return entry.number
        known = entry.items[key] = recorder.new_id()
        recorder.plain_record(schema.VARIABLE | ITEM, known, entry.number, recorder.text(key))
    return known


def key_text(key):
    """'' for a key of a type of the user's own or a long one."""
    kind = type(key)
    if kind in _SIMPLE_KEYS:
        return repr(key)[:60]
    if kind is tuple and all(type(each) in _SIMPLE_KEYS for each in key):
        return repr(key)[:60]
    return ""
