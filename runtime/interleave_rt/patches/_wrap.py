"""Replaces functions of the standard library in place, so that nobody can tell, and can undo it.

`replace` is the one way in which a patch changes something. What it puts there has the name, documentation and signature
of what was there, stands behind every alias of it (`__enter__ = acquire`), and is not put there twice.

A wrapper that may raise should read

    try:
        return original(self, timeout)
    except BaseException as error:
        record(...)
        hide_our_frames(error)
        raise

From 3.11 on a bare `raise` does not add its frame to the traceback again, so none of ours is in what the user sees.
Before, Python keeps the traceback of the `except` apart from the exception, and our frames stay until it is shown; see
`shown.py`.
"""

from __future__ import annotations

import sys

_HERE = __file__[: -len("patches/_wrap.py")]
_BuiltinType = type(len)
# Warnings say who called the function that warns. They step over frames whose file has these words, which are meant for
# those of the import system; so it is the user's line that they show, and not ours.
_NOT_A_CALLER = " (stepped over as importlib._bootstrap is)"
_undo: list[tuple[object, str, object]] = []
"""What was changed, in order: owner, name, what stood there before."""
_replacements: dict[int, object] = {}
"""id -> replacement, which keeps them alive."""
_unlike: list[tuple[object, object]] = []
"""Replacement and original, where the signatures differ; `inspect` is told when it is imported."""


def replace(owner, name: str, make) -> None:
    """Puts `make(original)` in the place of `owner.name` and of its aliases in the same class or module.

    Does nothing where this version of Python has no such name, or when it is replaced already. Static and class methods
    stay what they are; `make` gets the function inside.
    """
    found = owner.__dict__.get(name)
    if found is None or id(found) in _replacements:
        return
    inner = found.__func__ if isinstance(found, (staticmethod, classmethod)) else found
    made = make(inner)
    if isinstance(inner, _BuiltinType) and type(made) is _Function:
        made = Builtin(made, inner)
    elif isinstance(made, _Function):
        _look_like(made, inner)
    if inner is not found:
        made = type(found)(made)
    for alias, value in list(owner.__dict__.items()):
        if value is found:
            put(owner, alias, made)


def put(owner, name: str, value: object) -> None:
    """Sets `owner.name` as it is given, remembering what stood there."""
    _undo.append((owner, name, owner.__dict__.get(name, _MISSING)))
    _replacements[id(value)] = value
    setattr(owner, name, value)


def original_of(owner, name: str):
    """What stands at `owner.name`, or stood there before it was replaced."""
    for changed, changed_name, before in _undo:
        if changed is owner and changed_name == name:
            return before
    return owner.__dict__[name]


def undo_all() -> None:
    """Takes back everything that was replaced, last first."""
    while _undo:
        owner, name, before = _undo.pop()
        if before is _MISSING:
            delattr(owner, name)
        else:
            setattr(owner, name, before)
    _replacements.clear()
    del _unlike[:]


def is_ours(frame) -> bool:
    """Whether it is a frame of the recorder's."""
    return frame.f_code.co_filename.startswith(_HERE)


def hide_our_frames(error: BaseException) -> None:
    """Drops our frames from the outer end of a caught exception's traceback; for a bare `raise` afterwards."""
    traceback = error.__traceback__
    while traceback is not None and is_ours(traceback.tb_frame):
        traceback = traceback.tb_next
    error.__traceback__ = traceback


def teach_inspect(inspect) -> None:
    """Gives the replacements whose signature differs the one of what they replace."""
    for made, original in _unlike:
        try:
            made.__signature__ = inspect.signature(original)
        except (TypeError, ValueError):
            pass
    del _unlike[:]


class Builtin:
    """Stands in for a function written in C.

    Not a Python function, since that would turn into a method when a class keeps it (`sleep = time.sleep` in a class
    body). Pickled by name, as the original.
    """

    def __init__(self, call, original) -> None:
        self._call = call
        self._original = original
        self.__name__ = original.__name__
        self.__qualname__ = original.__qualname__
        self.__module__ = original.__module__
        self.__doc__ = original.__doc__

    def __call__(self, *args, **kwargs):
        try:
            return self._call(*args, **kwargs)
        except BaseException as error:
            hide_our_frames(error)
            raise

    @property
    def __class__(self):
        return _BuiltinType

    @property
    def __self__(self):
        return self._original.__self__

    @property
    def __text_signature__(self):
        return self._original.__text_signature__

    def __repr__(self) -> str:
        return repr(self._original)

    def __reduce__(self):
        return self.__qualname__

    def __eq__(self, other: object) -> bool:
        return other is self or other is self._original

    def __hash__(self) -> int:
        return hash(self._original)


Builtin.__call__.__code__ = Builtin.__call__.__code__.replace(co_filename=__file__ + _NOT_A_CALLER)
_Function = type(replace)
_MISSING = object()


def _look_like(made, original) -> None:
    made.__code__ = made.__code__.replace(co_filename=made.__code__.co_filename + _NOT_A_CALLER)
    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        try:
            setattr(made, attribute, getattr(original, attribute))
        except AttributeError:
            pass
    if not isinstance(original, _Function):
        return
    made.__dict__.update(original.__dict__)
    if hasattr(original, "__annotate__"):
        made.__annotate__ = original.__annotate__
    else:
        made.__annotations__ = original.__annotations__
    if _shape(made) == _shape(original):
        made.__defaults__ = original.__defaults__
        made.__kwdefaults__ = original.__kwdefaults__
        return
    _unlike.append((made, original))
    inspect = sys.modules.get("inspect")
    if hasattr(inspect, "signature"):
        teach_inspect(inspect)


def _shape(function) -> tuple:
    code = function.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    stars = code.co_flags & 0x0C
    names = code.co_varnames[: count + bin(stars).count("1")]
    return (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, stars, names)
