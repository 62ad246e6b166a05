"""The classes of recorded locks of this interpreter, for `_thread` and `threading`."""

from __future__ import annotations

from .. import _schema as schema
from . import _locks, _rlocks

lock, make_lock = _locks.make(schema.OPERATIONS["threading.Lock"])
rlock, make_rlock = _rlocks.make(schema.OPERATIONS["threading.RLock"])
