"""What functions that were rewritten for race mode call: who accesses what, told once it is shared.

An object's first owner (a thread, or a task of one) accesses it for nothing but a note: which places, and when last. When
a second owner comes, the object gets an id, the notes are written as accesses of the first owner, and from then on each
access is written, once for each place, object and epoch. An epoch of a thread ends with any fact that it records but the
begin and end of functions.
"""

from __future__ import annotations

import gc

from .. import originals, recorder
from .access_entries import before_collection, entry_of, held, is_noted_enough, new_entry, note, owner_now, table
from .access_kinds import INSTANCE, MODULE, SCOPE, WITHOUT_KEYS, kind_of, kinds
from .access_modules import NOTHING, Cells, State, modules, new_slots, places, slots_of
from .access_records import access, key_text, tell, tell_again, tell_all

MOST_SEEN = 4096
now = originals.now
local = recorder.local


def install() -> None:
    """Puts race mode on; before the recorder starts."""
    recorder.end_epoch = end_epoch
    recorder.concurrency_begins = begin
    recorder.processes_begin = begin_processes
    recorder.after_fork.append(restart_in_child)
    gc.callbacks.append(before_collection)


def begin() -> None:
    """From now on there is more than one thread, task or process. Called by the one who makes the second."""
    if State.on:
        return
    State.on = True
    for module in modules:
        module.names["_interleave_on"] = True


def begin_processes() -> None:
    """There is more than one process: accesses by way of global names are told also when no thread shares them."""
    State.has_processes = True
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
        if not module.is_of_attributes[slot] and kind_of(type(obj)) <= INSTANCE:
            if module.is_typed[slot]:
                slots[slot + 1] = type(obj)
            return obj
        entry = table.get(number)
        if entry is not None and entry() is obj:
            if entry.number:
                told = entry.known.get(module.index | slot)
                if told is not None and tell_again(slots, told):
                    return obj
            elif not State.has_processes and entry.owner == owner_now():
                note(entry, module.index_of_slots | slot)
                if not entry.number:
                    return obj
        else:
            kind = kinds.get(id(type(obj)))
            if kind is None:
                kind = kind_of(type(obj))
            if not kind:
                return obj
            entry = new_entry(obj, kind)
            if entry is not None and not State.has_processes:
                entry.place = module.index_of_slots | slot
                entry.time = now()
                if not entry.number:
                    return obj
        tell_all(module, slot, obj)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return obj


def see_key(slots: list, slot: int, obj, key):
    """An item of an object is about to be accessed; returns its key."""
    if kinds.get(id(type(obj))) != 0:
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                if not access(module, number, obj, key_text(key)):
                    # Nobody shares it so far: the first keys of an epoch are enough.
                    entry = table.get(id(obj))
                    if entry is None or is_noted_enough(entry):
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
    if kind_of(type(obj)) in WITHOUT_KEYS:
        return see(slots, slot, obj)
    if id(obj) not in slots[slot]:
        see_key(slots, slot, obj, key)
    return obj


def see_by_name(slots: list, slot: int, values: tuple) -> tuple:
    """An attribute is about to be accessed by a function that is given its name: (object, name, ...); returns that."""
    try:
        obj, name = values[0], values[1]
        seen = hash((id(obj), name)) if type(name) is str else 0
        if seen and seen not in slots[slot] and kinds.get(id(type(obj))) != 0:
            _touch(slots, slot, seen)
            module = slots[-1]
            for number in module.groups[slot]:
                named = module.named(number, name)
                if named >= 0:
                    access(module, named, obj, None)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
    return values


def see_field(slots, slot: int, obj, name):
    """A field of an object is about to be accessed through its `__dict__`; returns its name."""
    if slots:
        see_by_name(slots, slot, (obj, name))
    return name


def see_name(slots: list, slot: int, value):
    """A global name is about to be read, or written with this value; returns the value."""
    if slots and 1 not in slots[slot]:
        _touch(slots, slot, 1)
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                tell(module, number, entry_of(module, MODULE), None)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return value


def see_cell(slots, slot: int, owner: Cells, value):
    """A name of an enclosing function's call is about to be read, or written with this value; returns the value."""
    if slots:
        _touch(slots, slot, id(owner))
        try:
            module = slots[-1]
            for number in module.groups[slot]:
                tell(module, number, entry_of(owner, SCOPE), None)
        except Exception as error:
            if recorder.is_foreign(error):
                raise
    return value


def keep(slots, slot: int, obj):
    """Keeps a container until the key is known by which it is accessed; returns it."""
    if slots and id(obj) not in slots[slot] and kinds.get(id(type(obj))) != 0:
        slots[-1].kept(slot, obj)
    return obj


def see_kept_key(slots, slot: int, key):
    """The key by which the container that was kept is accessed; returns it."""
    if slots:
        obj = slots[-1].take(slot)
        if obj is not None:
            see_key(slots, slot, obj, key)
    return key


def end_epoch(touched: list, seen: set, number: list) -> None:
    """The calling thread records a fact: what it accesses from now on is told anew."""
    for slots, slot in touched:
        slots[slot] = NOTHING
    touched.clear()
    seen.clear()
    number[0] += 1


def restart_in_child() -> None:
    """In a forked child, which inherits all that is known, under ids of its parent's."""
    table.clear()
    held.clear()
    local.__dict__.get("seen", set()).clear()
    for module in modules:
        module.counts = [0] * len(module.rows)
    begin_processes()
    for place, module in places.values():
        # In place: the functions that are running keep the list.
        slots_of(place)[:] = new_slots(module)
