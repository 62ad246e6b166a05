"""`selectors`: the time in which a loop has nothing to do and waits for input, a timer or another thread."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder
from . import _tasks
from ._wrap import hide_our_frames, replace

_WAIT = schema.WAIT | schema.OPERATIONS["asyncio.select"]
_GOT = schema.GOT | schema.OPERATIONS["asyncio.select"]
_WITH_TIMEOUT = schema.FLAG_0
_FOR_OTHERS_ONLY = schema.FLAG_1


def install(module) -> None:
    for value in list(vars(module).values()):
        if isinstance(value, type) and issubclass(value, module.BaseSelector) and value is not module.BaseSelector:
            replace(value, "select", _make_select)


def _make_select(original):
    asyncio = _tasks.Asyncio

    def select(self, timeout=None):
        is_idle = (timeout is None or timeout > 0) and originals.getframe(1).f_code is asyncio.run_once
        if is_idle:
            recorder.record(_WAIT | (_ends_only_by_others(self) if timeout is None else _WITH_TIMEOUT))
        try:
            return original(self, timeout)
        except BaseException as error:
            hide_our_frames(error)
            raise
        finally:
            if is_idle:
                recorder.record(_GOT)

    return select


def _ends_only_by_others(selector) -> int:
    """The flag for a loop that has nothing but the pipe by which other threads and signals wake it up."""
    try:
        loop = _tasks.Asyncio.running_loop()
        has_input = len(selector.get_map()) > 1 or getattr(loop, "_signal_handlers", None)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return 0
    return 0 if has_input else _FOR_OTHERS_ONLY
