"""Tells what the interpreter and asyncio complain about: exceptions that nobody asked for, coroutines that were never run."""

from __future__ import annotations

from .. import _schema as schema
from .. import recorder, sites

_EXCEPTION = schema.LEAK | schema.OPERATIONS["leak.exception"]
_MAIN_GUARD = schema.LEAK | schema.OPERATIONS["leak.main-guard"]
_PROCESS = schema.LEAK | schema.OPERATIONS["leak.process"]
_COROUTINE = schema.LEAK | schema.OPERATIONS["leak.coroutine"]


def tell_exception(error, future) -> None:
    """`future` is the task or future that died with it."""
    name = getattr(future, "get_name", str)()
    recorder.record(_EXCEPTION, 0, recorder.text(str(name)) if name else 0, raised_at(error))


def tell_coroutine(coroutine, frame) -> None:
    """`frame` is that in which it was dropped."""
    name = getattr(coroutine, "__qualname__", None)
    recorder.record(_COROUTINE, 0, recorder.text(name) if type(name) is str else 0, sites.of_user(frame))


def tell_main_guard(frame) -> None:
    """`frame` is in what the main module does as it is imported by a child."""
    recorder.record(_MAIN_GUARD, 0, 0, sites.of_user(frame))


def tell_process(child: int) -> None:
    """This process ends, and a child of it, whose unit this is, still runs."""
    recorder.record(_PROCESS, child)


def raised_at(error) -> int:
    """The innermost line of the user's through which the exception came."""
    site = 0
    traceback = getattr(error, "__traceback__", None)
    while traceback is not None:
        if sites.is_user_file(traceback.tb_frame.f_code.co_filename):
            site = sites.of_traceback(traceback)
        traceback = traceback.tb_next
    return site
