"""`_thread`: locks, re-entrant locks and the start of threads.

Locks that the standard library makes for its own use stay plain, so that a queue or an event is one thing and not five.
"""

from __future__ import annotations

from .. import objects, originals
from ..versions import LOCK_IS_A_CLASS
from . import _made, _starting, _wrap


def install(module) -> None:
    _wrap.put(module, "LockType", _made.lock)
    if LOCK_IS_A_CLASS:
        for name in ("lock", "allocate_lock", "allocate"):
            _wrap.put(module, name, _made.lock)
    else:
        # Before 3.13 the function that makes locks is not their class.
        _wrap.replace(module, "allocate_lock", _allocate)
        _wrap.replace(module, "allocate", _allocate)
    _wrap.put(module, "RLock", _made.rlock)
    for name in ("start_new_thread", "start_new", "start_joinable_thread"):
        _wrap.replace(module, name, _starting.start)


def _allocate(original):
    getframe, is_made_by_library, make_lock = originals.getframe, objects.is_made_by_library, _made.make_lock

    def allocate_lock():
        frame = getframe(2)
        return original() if is_made_by_library(frame) else make_lock(frame)

    return allocate_lock
