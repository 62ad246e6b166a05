"""`signal`: which functions run in the middle of others when a signal comes."""

from __future__ import annotations

from . import _callback_functions
from ._wrap import hide_our_frames, replace


def install(module) -> None:
    replace(module, "signal", _make_signal)


def _make_signal(original):
    def signal(signalnum, handler):
        try:
            before = original(signalnum, handler)
        except BaseException as error:
            hide_our_frames(error)
            raise
        _callback_functions.tell("callback.signal", handler, int(signalnum))
        return before

    return signal
