"""What this process has used: CPU time, and bytes that it sent to others. Only in a run that is to be compared."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder

is_on = False
BEGIN, OVER, END = schema.FLAG_0, schema.FLAG_1, schema.FLAG_2

_sent: dict[int, int] = {}
"""Thread -> bytes: each thread counts for itself, so that no lock is needed."""


def install() -> None:
    """Begins to count; a process says at its end what it came to."""
    global is_on
    is_on = True
    recorder.after_fork.append(_sent.clear)
    recorder.before_end.append(_at_end)


def count_sent(size: int) -> None:
    """The calling thread is about to send so many bytes."""
    thread = originals.get_ident()
    _sent[thread] = _sent.get(thread, 0) + size


def record(flag: int) -> None:
    """Writes down what was used so far; does nothing in a run that is not to be compared."""
    if is_on:
        recorder.record(schema.USAGE | flag, originals.cpu_now(), sum(list(_sent.values())))


def _at_end() -> None:
    record(END)
