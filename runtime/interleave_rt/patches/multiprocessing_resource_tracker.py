"""`multiprocessing.resource_tracker`: a process that waits for the end of the others, and cleans up behind them."""

from __future__ import annotations

from .. import _schema as schema
from . import _processes, _wrap

IDLE = schema.OPERATIONS["multiprocessing.server.idle"]


def install(module) -> None:
    _wrap.replace(module, "main", _processes.idle_while(IDLE))
