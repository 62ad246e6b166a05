"""`threading`: what is made, waited for and told to others. Its threads are in `_threads.py`."""

from __future__ import annotations

from .. import objects, originals
from ..versions import LOCK_IS_A_CLASS
from . import _barriers, _conditions, _events, _made, _semaphores, _threads, _wrap


def install(module) -> None:
    import _thread

    # What it keeps for its own use is as fast as ever.
    _wrap.put(module, "_allocate_lock", originals.allocate_lock)
    _wrap.put(module, "_CRLock", originals.RLock)
    _wrap.put(module, "Lock", _made.lock if LOCK_IS_A_CLASS else _thread.allocate_lock)
    _wrap.replace(module, "RLock", _rlock)
    for part in (_conditions, _semaphores, _events, _barriers, _threads):
        part.install(module)


def _rlock(original):
    getframe, is_made_by_library, make_rlock = originals.getframe, objects.is_made_by_library, _made.make_rlock

    def RLock(*args, **kwargs):
        frame = getframe(1)
        if args or kwargs or is_made_by_library(frame):
            return original(*args, **kwargs)
        return make_rlock(frame)

    return RLock
