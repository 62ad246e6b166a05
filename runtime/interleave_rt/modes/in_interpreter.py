"""What a mode runs inside a subinterpreter."""

from __future__ import annotations

import os

# Less than a pipe holds on any system, so that a write never waits for its reader.
LONGEST_MESSAGE = 16 * 1024
WENT_WELL = "."


def load(file: str, what: int) -> None:
    """Makes the user's file the module `__mp_main__` of this interpreter. Raises what the file raises."""
    # Absolute: Python 3.14 sends a plain function as bare code, which belongs to no package there.
    from interleave_rt.modes import driver

    driver.load_file(file, what)


def load_and_tell(file: str, what: int, pipe: int) -> None:
    """`load`; writes WENT_WELL or the traceback to the pipe."""
    # By the main thread: up to 3.12 it is what `threading` takes for the main thread of this interpreter.
    import sys
    import threading  # noqa: F401

    if sys.version_info < (3, 12):
        # Its C half has one cache of the running loop for all interpreters; without it asyncio is all Python.
        sys.modules.setdefault("_asyncio", None)  # type: ignore[arg-type]

    _tell(pipe, lambda: load(file, what))


def run(call: bytes, pipe: int) -> None:
    """Runs a pickled call; writes WENT_WELL or the traceback to the pipe."""
    import pickle

    _tell(pipe, lambda: pickle.loads(call)())


def _tell(pipe: int, action) -> None:
    text = WENT_WELL
    try:
        action()
    except BaseException:
        import traceback

        text = traceback.format_exc()
    os.write(pipe, text.encode("utf-8", "replace")[-LONGEST_MESSAGE:])
