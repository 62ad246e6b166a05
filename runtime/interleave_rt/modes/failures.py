"""Tells the user what failed: the user's own part of a traceback, on stderr."""

from __future__ import annotations

import re
import sys
import traceback
from typing import Optional

from .. import sites


def report(call, error: BaseException, number: int, count: int) -> None:
    """Says which input failed, and how."""
    print("Input %d of %d, %s, failed:" % (number, count, call.__qualname__), file=sys.stderr)
    remote = _remote_traceback(error)
    if remote is not None:
        sys.stderr.write(_user_part_of_text(remote))
        sys.stderr.flush()
        return
    print_user_part(type(error), error, error.__traceback__)


def print_user_part(kind, error: BaseException, trace) -> None:
    """Prints a traceback as Python does, without the frames that led to the user's first one."""
    found = trace
    while found is not None and not sites.is_user_file(found.tb_frame.f_code.co_filename):
        found = found.tb_next
    if found is not None and found.tb_frame.f_code.co_filename == "<interleave>":
        found = _after_driver(found)
    traceback.print_exception(kind, error, found)
    sys.stderr.flush()


def end_with_sentence(text: str) -> None:
    """Ends the program for wrong use."""
    print(text, file=sys.stderr)
    raise SystemExit(2)


def end_with_syntax_error(error: tuple) -> None:
    """Ends the program as Python does when its text cannot be compiled."""
    message, where = error
    made = SyntaxError(message, where)
    traceback.print_exception(SyntaxError, made, None)
    raise SystemExit(1)


def _after_driver(trace):
    while trace is not None and (
        trace.tb_frame.f_code.co_filename == "<interleave>" or not sites.is_user_file(trace.tb_frame.f_code.co_filename)
    ):
        trace = trace.tb_next
    return trace


def _remote_traceback(error: BaseException) -> Optional[str]:
    """The traceback as text, when the error comes from another process or interpreter."""
    for each in (error, error.__cause__):
        text = getattr(each, "tb", None)
        if type(each).__name__ in ("_RemoteTraceback", "FailedInInterpreter") and isinstance(text, str):
            return text
    text = getattr(getattr(error.__cause__, "excinfo", None), "errdisplay", None)
    return text if isinstance(text, str) else None


def _user_part_of_text(text: str) -> str:
    """Leaves out the frames that are not the user's from a formatted traceback."""
    kept: list = []
    keeps = True
    for line in text.strip('"\n').split("\n"):
        frame = re.match(r'  File "(.*?)", line ', line)
        if frame:
            keeps = sites.is_user_file(frame.group(1))
        elif not line.startswith("    "):
            keeps = True
        if keeps:
            kept.append(line)
    return "\n".join(kept) + "\n"
