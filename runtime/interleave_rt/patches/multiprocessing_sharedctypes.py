"""`multiprocessing.sharedctypes`: the locks that belong to shared values and arrays."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals
from . import _process_locks, _processes, _wrap

VALUE_LOCK = schema.OPERATIONS["multiprocessing.Value.get_lock"]
ARRAY_LOCK = schema.OPERATIONS["multiprocessing.Array.get_lock"]


def install(module) -> None:
    def operation_of(shared) -> int:
        return ARRAY_LOCK if isinstance(shared, module.SynchronizedArray) else VALUE_LOCK

    _wrap.replace(module.SynchronizedBase, "__init__", _made(operation_of))
    _wrap.replace(module.SynchronizedBase, "__enter__", _enter)
    _wrap.replace(module.SynchronizedBase, "__exit__", _exit)


def _made(operation_of):
    def make(original):
        def __init__(self, *args, **kwargs):
            try:
                original(self, *args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            recorded = getattr(self._lock, "_interleave", None)
            frame = _processes.maker(_leave_module(originals.getframe(1)))
            # A lock that the user gave keeps its own kind; of one that `Value` made nothing was recorded so far.
            if recorded is None or recorded.announced:
                return
            recorded.announced = True
            recorded.operation = operation_of(self)
            known = _processes.semaphore_id(self._lock)
            _processes.announce(recorded.operation, known, frame)

        return __init__

    return make


def _leave_module(frame):
    while frame.f_back is not None and frame.f_globals.get("__name__") == "multiprocessing.sharedctypes":
        frame = frame.f_back
    return frame


def _enter(original):
    def __enter__(self):
        try:
            recorded = getattr(self._lock, "_interleave", None)
            if recorded is None:
                return original(self)
            return recorded.acquire(_processes.site_of(originals.getframe(1)))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __enter__


def _exit(original):
    def __exit__(self, *args):
        try:
            recorded = getattr(self._lock, "_interleave", None)
            if recorded is None:
                return original(self, *args)
            frame = originals.getframe(1)
            return recorded.release(_processes.site_of(frame), _process_locks.what_was_done(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __exit__
