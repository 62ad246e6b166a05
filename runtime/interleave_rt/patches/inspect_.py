"""`inspect`: tells it the signatures of what we replaced."""

from __future__ import annotations

from . import _wrap


def install(module) -> None:
    _wrap.teach_inspect(module)
