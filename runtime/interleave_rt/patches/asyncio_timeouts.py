"""`asyncio.timeouts`: the callback that ends what takes too long."""

from __future__ import annotations

from . import _callbacks


def install(module) -> None:
    _callbacks.TimeOuts.methods.add(module.Timeout._on_timeout)
