"""Takes our frames out of the traceback of an exception that is about to be shown."""

from __future__ import annotations

from . import _wrap


def clean(error) -> None:
    """Takes our frames out of an exception's traceback, and out of those that led to it."""
    seen = set()
    waiting = [error]
    while waiting:
        error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        error.__traceback__ = without_ours(error.__traceback__)
        waiting += [error.__cause__, error.__context__]


def without_ours(traceback):
    """The traceback without our frames; changed in place as far as they are not its first."""
    while traceback is not None and _wrap.is_ours(traceback.tb_frame):
        traceback = traceback.tb_next
    current = traceback
    while current is not None:
        following = current.tb_next
        while following is not None and _wrap.is_ours(following.tb_frame):
            following = following.tb_next
        if following is not current.tb_next:
            current.tb_next = following
        current = following
    return traceback
