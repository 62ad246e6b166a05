"""`weakref`: which functions run in the middle of others when an object dies."""

from __future__ import annotations

from . import _callback_functions
from ._wrap import hide_our_frames, replace


def install(module) -> None:
    replace(module.finalize, "__init__", _make_finalize)


def _make_finalize(original):
    def __init__(self, obj, func, /, *args, **kwargs):
        try:
            original(self, obj, func, *args, **kwargs)
        except BaseException as error:
            hide_our_frames(error)
            raise
        _callback_functions.tell("callback.finalizer", func)

    return __init__
