"""What objects are for race mode: of which kind, whether an operation means anything for them, where an attribute lives."""

from __future__ import annotations

import sys
from collections import deque

from .. import _schema as schema
from .. import originals

_O = schema.OPERATIONS
INSTANCE, LIST, DICT, SET, DEQUE, CONTAINER, CUSTOM, MODULE, ITEM, SCOPE, ITERATOR, CONFINED = (
    _O["variable." + name]
    for name in (
        "instance", "list", "dict", "set", "deque", "container", "custom", "module", "item", "scope", "iterator", "confined",
    )
)  # fmt: skip
_KINDS = {
    id(kind): number
    for kind, number in ((list, LIST), (dict, DICT), (set, SET), (deque, DEQUE), (bytearray, CONTAINER))
}
kinds: dict[int, int] = {}
"""What objects of a type are, by its id: to hash a type may run code of the user's."""
_types: list[type] = []
"""The types behind `kinds`, so that no other one gets their ids."""
_IMMUTABLE = frozenset(
    id(kind)
    for kind in (
        int, float, complex, str, bytes, tuple, frozenset, bool, type(None), range, type(sys), type(len), type(lambda: 0),
        type(Ellipsis), slice, property, staticmethod, classmethod,
    )
)  # fmt: skip
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
FOR_ONE_THREAD = frozenset(
    {
        "sqlite3.Connection", "sqlite3.Cursor", "requests.sessions.Session", "botocore.session.Session",
        "sqlalchemy.orm.session.Session", "http.client.HTTPConnection", "smtplib.SMTP", "ftplib.FTP", "imaplib.IMAP4",
        "_io.TextIOWrapper", "_io.BufferedRandom", "_io.BufferedReader", "_io.BufferedWriter", "_io.FileIO",
    }
)  # fmt: skip
WITHOUT_KEYS = frozenset({0, INSTANCE, LIST, DEQUE, ITERATOR, CONFINED})
"""Kinds of which what is asked for is no key: `items.pop(0)`."""
_CALLS = frozenset({"object.call", "container.call"})
_ADVANCES = frozenset({"iterator.advance", "container.iterate"})
_DRIVES = frozenset({"send", "throw"})
_SHOWS = frozenset({"print", "str", "repr"})


def kind_of(kind: type) -> int:
    """What objects of a type are; 0 for those that are not followed."""
    known = kinds.get(id(kind))
    if known is None:
        _types.append(kind)
        known = kinds[id(kind)] = _classify(kind)
    return known


def _classify(kind: type) -> int:
    # Types are compared by identity: a metaclass of the user's may define `__eq__` and `__hash__`.
    if id(kind) in _IMMUTABLE or any(base is originals.ThreadLocal for base in kind.__mro__):
        return 0
    if any(full_name(base) in FOR_ONE_THREAD for base in kind.__mro__):
        return CONFINED
    module = type.__getattribute__(kind, "__module__")
    if not isinstance(module, str) or module.partition(".")[0] in _LIBRARY:
        return 0
    if module in ("builtins", "itertools") and _has(kind, "__next__"):
        # To count is one step, and known for it.
        return 0 if kind.__name__ == "count" else ITERATOR
    for base in kind.__mro__:
        found = _KINDS.get(id(base))
        if found is not None:
            return CONTAINER if module == "collections" else found if base is kind else CUSTOM
    return INSTANCE


def full_name(kind: type) -> str:
    module = type.__getattribute__(kind, "__module__")
    return "%s.%s" % (module, kind.__qualname__) if isinstance(module, str) else ""


def applies(kind: int, operation: str, field: str) -> bool:
    """Whether an operation that is none on an attribute means something for objects of a kind."""
    if kind == CONFINED:
        return operation in _CALLS
    if kind == ITERATOR:
        return (operation in _ADVANCES and field not in _SHOWS) or (operation == "object.call" and field in _DRIVES)
    return kind not in (0, INSTANCE) and operation not in ("object.call", "iterator.advance")


def holder(obj, field: str, operation: str):
    """The object in which an attribute lives; None when it is not to be followed (a property, a method, a local)."""
    kind = type(obj)
    if not kind_of(kind):
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


class _Plain:
    pass


_DictOf = type(_Plain.__dict__["__dict__"])
