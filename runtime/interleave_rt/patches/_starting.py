"""The start of threads, below `threading` and for it.

The new thread writes thread_begin before the user's function and thread_end after it. For `threading.Thread` this
happens from 3.12 on inside of methods that it calls then anyway, so that no frame of ours is on the stack meanwhile.
Before, and when a function is started through `_thread` alone, one frame of ours is below it.
"""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from ..versions import THREAD_DELETES_ITSELF
from . import _wrap

DAEMON = schema.FLAG_1


class Starting:
    """Calls the function in the new thread; looks like it where Python prints it."""

    __slots__ = ("_flags", "_function", "_site", "_unit")

    def __init__(self, function, unit: int, flags: int, site: int) -> None:
        self._function = function
        self._unit = unit
        self._flags = flags
        self._site = site

    def __repr__(self) -> str:
        return repr(self._function)

    def __call__(self, *args, **kwargs):
        begin(self._unit, self._flags, self._site)
        outcome = schema.OUTCOME_OK
        try:
            return self._function(*args, **kwargs)
        except BaseException as error:
            # Nobody prints the exception with which a thread ends itself.
            if not isinstance(error, SystemExit):
                outcome = schema.OUTCOME_FAILED
            _wrap.hide_our_frames(error)
            raise
        finally:
            end(outcome)


def announce(name: str, flags: int, frame) -> int:
    """Writes thread_create and returns the new thread's unit."""
    unit = recorder.new_id()
    if recorder.concurrency_begins is not None:
        recorder.concurrency_begins()
    recorder.record(schema.THREAD_CREATE | flags, unit, recorder.text(name), sites.of_user(frame))
    return unit


def begin(unit: int, flags: int, site: int) -> None:
    """In the new thread: what it writes from here on is its own."""
    recorder.begin_thread(unit, schema.THREAD_BEGIN | flags, site)


def end(outcome: int = schema.OUTCOME_OK) -> None:
    """In the thread, at its end; an exception that `threading` has reported meanwhile makes it a failed one."""
    try:
        if outcome == schema.OUTCOME_OK and getattr(recorder.local, "has_failed", False):
            outcome = schema.OUTCOME_FAILED
        recorder.end_thread(outcome)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        # A daemon thread that ends while Python shuts down.


def start(original):
    """What stands for `start_new_thread` and `start_joinable_thread`."""

    def start_new_thread(function, *args, **kwargs):
        frame = originals.getframe(2)
        thread = getattr(function, "__self__", None)
        state = getattr(thread, "_interleave", None)
        if state is not None and frame.f_globals.get("__name__") == "threading":
            # `threading.Thread.start` has announced it.
            if THREAD_DELETES_ITSELF:
                return original(function, *args, **kwargs)
            return original(Starting(function, state.unit, state.flags, state.site), *args, **kwargs)
        if not callable(function):
            return original(function, *args, **kwargs)
        name = getattr(function, "__qualname__", "") or type(function).__name__
        unit = announce(name, DAEMON, frame)
        return original(Starting(function, unit, DAEMON, sites.of_function(function)), *args, **kwargs)

    return start_new_thread
