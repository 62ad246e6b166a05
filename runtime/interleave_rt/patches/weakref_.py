"""`weakref`: which functions run in the middle of others when an object dies."""

from __future__ import annotations

from . import _callback_functions
from ._wrap import hide_our_frames, replace


def install(module) -> None:
    replace(module.finalize, "__init__", _make_finalize)


def _make_finalize(original):
    def made(arguments: tuple, options: dict) -> None:
        try:
            original(*arguments, **options)
        except BaseException as error:
            hide_our_frames(error)
            raise
        _callback_functions.tell("callback.finalizer", arguments[2] if len(arguments) > 2 else options.get("func"))

    if original.__code__.co_argcount == 0:

        def __init__(*args, **kwargs):
            made(args, kwargs)

        return __init__

    def __init__(self, obj, func, /, *args, **kwargs):
        made((self, obj, func, *args), kwargs)

    return __init__
