"""Rewritten modules at run time: their sites, and what each thread saw at each of their slots in its epoch."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites

MOST_NAMES = 1024
local = recorder.local
modules: list[Module] = []


class State:
    """Whether anything is to be recorded: `on` from the moment on when there is a second thread, task or process."""

    on = False
    has_processes = False


class Module:
    """The sites of one module: rows of `access_code`, and for each slot the numbers of its rows."""

    def __init__(self, names: dict, path: str, table: tuple) -> None:
        self.names = names
        self.file = sites.absolute(path)
        self.rows, self.groups = list(table[0]), table[1]
        self.named_rows: dict[tuple, int] = {}
        self.operations = [schema.OPERATIONS[_OPERATION_OF.get(row[0], row[0])] for row in self.rows]
        self.sites = [0] * len(self.rows)
        self.counts = [0] * len(self.rows)
        self.index = len(modules) << 21
        self.index_of_slots = self.index | SLOT
        self.is_typed = [not numbers for numbers in (*self.groups[1:], (0,))]
        """Whether in the slot after this one is the type that was no container there and was last seen."""
        self.is_of_attributes = [
            any(self.rows[number][0].startswith("attribute.") for number in numbers) for numbers in self.groups
        ]
        """Whether a slot is about an object's attributes, and not only about what containers do."""

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


SLOT = 1 << 20
"""Bit of a place in an entry that stands for a slot, and so for all of its sites."""
_NOBODY: dict = {}
_OPERATION_OF = {"container.read": "container.call"}
NOTHING: frozenset = frozenset()
places: dict[int, tuple] = {}
"""id of a module's thread-local -> (it, the module)."""


def register(names: dict, path: str, table: tuple):
    """Called at the start of a rewritten module, whose globals are `names`.

    Returns what has, for each thread, `t`: for each slot the ids that were seen at it in this epoch, and at the end the
    module. A plain thread-local, since a class of one would take twice the time at each call of a function.
    """
    module = Module(names, path, table)
    modules.append(module)
    made = originals.ThreadLocal()
    places[id(made)] = (made, module)
    names["_interleave_on"] = State.on
    return made


def slots_of(place) -> list:
    """The calling thread's slots of a module, made at first: sets of ids and types (`Module.is_typed`), then its
    epoch's number and the slots that were touched in it (`recorder.epoch`), and the module."""
    try:
        return place.t
    except AttributeError:
        place.t = new_slots(places[id(place)][1])
        return place.t


def new_slots(module: Module) -> list:
    touched, _, number = recorder.epoch()
    return [*([NOTHING] * len(module.groups)), number, touched, module]


class Cells:
    """Stands for one call of a function whose names an inner function rebinds."""

    __slots__ = ("__weakref__",)
