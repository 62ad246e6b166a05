"""`asyncio.threads`: the wait for what runs in another thread."""

from __future__ import annotations

from ._tasks import Known, know


def install(module) -> None:
    know(module.to_thread, Known("asyncio.to_thread"))
