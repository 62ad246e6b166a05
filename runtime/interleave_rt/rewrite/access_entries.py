"""What is known of each object that was accessed: the table of all threads, and what is forgotten when.

Instances, sets and deques are known by weak references; lists and dicts cannot be, so what is known of one keeps it
alive until a sweep finds that nobody else does. The table is shared by all threads: what two of them do to it at once may
lose an access, never invent one.
"""

from __future__ import annotations

import sys
from weakref import ref

from .. import originals, recorder
from .access_kinds import CONFINED, DICT, LIST

MOST_KEYS = 64
MOST_NOTES = 32
"""Keys of one object that are noted at a place in one epoch while nobody shares it."""
SWEEP_AT = 64
FORGET_AT = 20_000
MOST_HELD = 50_000
"""Of more lists and dicts than these the oldest that nobody shares are forgotten: they may live on in a circle that only
the collector could end."""
_NEVER_WEAK = frozenset({LIST, DICT})
"""Kinds of objects that cannot be known by a weak reference; of the others, some."""
local = recorder.local
now = originals.now
table: dict[int, object] = {}
"""id -> Entry or HoldingEntry."""
held: list[HoldingEntry] = []
"""Entries that keep a list or dict alive."""


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


def entry_of(obj, kind: int):
    key = id(obj)
    entry = table.get(key)
    return entry if entry is not None and entry() is obj else new_entry(obj, kind) or table[key]


def new_entry(obj, kind: int):
    """What is known of an object from now on; None when another thread has made that at the same time."""
    if len(table) >= _next_sweep[1]:
        _forget_dead()
    if kind in _NEVER_WEAK:
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
        entry.owner = owner_now()
    first = table.setdefault(id(obj), entry)
    if first is entry:
        return entry
    if first() is obj:
        if type(entry) is HoldingEntry:
            entry.strong = None
        return None
    # That of an object which is gone, whose id this one has got.
    table[id(obj)] = entry
    return entry


def note(entry, place, key=None) -> None:
    if key and (entry.more is None or len(entry.more) < MOST_KEYS):
        place = (place, key)
    if entry.place == place or not entry.time:
        entry.place, entry.time = place, now()
    elif entry.more is None:
        entry.more = {place: now()}
    else:
        entry.more[place] = now()


def is_noted_enough(entry) -> bool:
    entry.notes += 1
    return entry.notes % MOST_NOTES == 0


def _hold(obj, kind: int) -> HoldingEntry:
    entry = HoldingEntry(obj)
    held.append(entry)
    # A connection closes what it holds as soon as nobody has it.
    if len(held) >= _next_sweep[0] or kind == CONFINED:
        sweep()
    return entry


_next_sweep = [SWEEP_AT, FORGET_AT]
"""How many containers are held, and how many objects are known, when the dead ones are looked for next."""


def sweep() -> None:
    """Lets go of lists and dicts that only we keep alive."""
    if _sweeping:
        return
    _sweeping.append(True)
    try:
        _sweep()
    finally:
        _sweeping.clear()


_sweeping: list = []
"""Not empty while a sweep is on, in the midst of which the collector may come."""


def _is_shared(entry) -> bool:
    return entry.number != 0


def _sweep() -> None:
    count = sys.getrefcount
    kept = []
    count_now = len(held)
    for entry in held[:count_now]:
        # Ours: the slot of the entry and the argument of the call.
        if entry.strong is None:
            continue
        if count(entry.strong) <= 2:
            table.pop(id(entry.strong), None)
            entry.strong = None
        else:
            kept.append(entry)
    if len(kept) > MOST_HELD:
        kept.sort(key=_is_shared)
        for entry in kept[:-MOST_HELD]:
            table.pop(id(entry.strong), None)
            entry.strong = None
        kept = kept[-MOST_HELD:]
    # What another thread has added meanwhile stays.
    held[:count_now] = kept
    _next_sweep[0] = max(SWEEP_AT, 2 * len(kept))


def before_collection(phase: str, info: dict) -> None:
    """Called by the collector: what only we keep alive is to be gone when the program asks for all that can go."""
    if phase == "start" and info.get("generation") == 2:
        sweep()


def _forget_dead() -> None:
    for key, entry in list(table.items()):
        if type(entry) is Entry and entry() is None:
            table.pop(key, None)
    _next_sweep[1] = max(FORGET_AT, 2 * len(table))


def owner_now() -> int:
    if recorder.current_task is not None:
        state = recorder.current_task()
        if state is not None:
            return state.unit
    try:
        return local.w[3]
    except AttributeError:
        return recorder.current_thread_unit()
