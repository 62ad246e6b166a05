"""`sys` and `traceback` before 3.11: what shows tracebacks shows them without our frames (see `_wrap`)."""

from __future__ import annotations

from ..versions import RERAISE_KEEPS_TRACEBACK
from . import _shown, _wrap


def install(module) -> None:
    if RERAISE_KEEPS_TRACEBACK:
        return
    if module.__name__ == "traceback":
        _wrap.replace(module, "walk_tb", _walk_tb)
        _wrap.replace(module, "walk_stack", _walk_stack)
        return
    _wrap.replace(module, "excepthook", _excepthook)
    _wrap.replace(module, "__excepthook__", _excepthook)
    _wrap.replace(module, "unraisablehook", _unraisablehook)
    _wrap.replace(module, "__unraisablehook__", _unraisablehook)


def _excepthook(original):
    clean, without_ours = _shown.clean, _shown.without_ours

    def excepthook(exctype, value, traceback, *more):
        if isinstance(value, BaseException):
            clean(value)
        return original(exctype, value, without_ours(traceback), *more)

    return excepthook


def _unraisablehook(original):
    clean, without_ours = _shown.clean, _shown.without_ours

    def unraisablehook(unraisable, *more):
        if isinstance(unraisable.exc_value, BaseException):
            clean(unraisable.exc_value)
        fields = list(unraisable)
        fields[2] = without_ours(unraisable.exc_traceback)
        return original(type(unraisable)(fields), *more)

    return unraisablehook


def _walk_tb(original):
    def walk_tb(tb):
        for frame, line in original(tb):
            if not _wrap.is_ours(frame):
                yield frame, line

    return walk_tb


def _walk_stack(original):
    def walk_stack(f):
        # None means the caller of our caller, whom the original would look for from here.
        import sys

        for frame, line in original(sys._getframe().f_back.f_back if f is None else f):
            if not _wrap.is_ours(frame):
                yield frame, line

    return walk_stack
