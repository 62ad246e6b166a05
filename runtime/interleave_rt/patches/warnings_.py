"""`warnings`: the interpreter's own, that a coroutine was never awaited."""

from __future__ import annotations

from .. import originals, recorder
from . import _leaks
from ._wrap import hide_our_frames, replace


def install(module) -> None:
    # Not the function that makes this warning: it looks at the frames above it.
    if hasattr(module, "_showwarnmsg"):
        replace(module, "_showwarnmsg", _make_show)


def _make_show(original):
    def _showwarnmsg(msg):
        coroutine = getattr(msg, "source", None)
        try:
            if hasattr(coroutine, "cr_code") and "was never awaited" in str(msg.message):
                _leaks.tell_coroutine(coroutine, originals.getframe(1))
        except Exception as error:
            if recorder.is_foreign(error):
                raise
            recorder.fault("A coroutine that was never run is not shown: %s" % error)
        try:
            return original(msg)
        except BaseException as error:
            hide_our_frames(error)
            raise

    return _showwarnmsg
