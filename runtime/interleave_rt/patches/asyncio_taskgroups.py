"""`asyncio.taskgroups`: the wait for the group's tasks at its end."""

from __future__ import annotations

from ._tasks import Known, know


def install(module) -> None:
    group = module.TaskGroup
    know(getattr(group, "_aexit", group.__aexit__), Known("asyncio.TaskGroup"))
