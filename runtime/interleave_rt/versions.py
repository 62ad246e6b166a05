"""All facts about Python versions, as named flags. Imports nothing of ours."""

from __future__ import annotations

import sys

VERSION = sys.version_info[:2]

# `_thread.lock` became a class that makes locks when called; before, `threading.Lock` is a function.
LOCK_IS_A_CLASS = VERSION >= (3, 13)
# Threads are started through `_thread.start_joinable_thread`.
JOINABLE_THREADS = VERSION >= (3, 13)
# `threading.Thread` calls its `_delete` at its end; before, it does the same inline.
THREAD_DELETES_ITSELF = VERSION >= (3, 11)
# A bare `raise` goes on with the traceback that the exception has by then, and does not add its frame again.
RERAISE_KEEPS_TRACEBACK = VERSION >= (3, 11)
# Code objects know the columns of each instruction, and their qualified name.
CODE_HAS_POSITIONS = VERSION >= (3, 11)
# `sys._is_gil_enabled` exists.
CAN_BE_FREE_THREADED = VERSION >= (3, 13)
# `concurrent.interpreters` and `InterpreterPoolExecutor` exist.
INTERPRETER_POOLS = VERSION >= (3, 14)
# Interpreters have an import lock each; before, one for all that is held while a module is looked for.
IMPORT_LOCK_IS_PER_INTERPRETER = VERSION >= (3, 12)
# `os.fork` warns its caller when there are other threads.
FORK_WARNS_OF_THREADS = VERSION >= (3, 12)
# The absolute path of the script is what tracebacks and `__file__` show.
SCRIPT_PATH_IS_ABSOLUTE = VERSION >= (3, 9)
# Before, a program that catches a RecursionError and goes deeper is ended by Python: "Cannot recover from stack overflow".
RECURSION_ERRORS_MAY_BE_CAUGHT = VERSION >= (3, 10)

LINUX = sys.platform.startswith("linux")
# perf_counter is one clock for all processes (the system-wide monotonic clock, or QPC).
CLOCK_IS_SHARED = LINUX or VERSION >= (3, 10)


def gil_enabled() -> bool:
    """Whether a lock around the interpreter lets one thread run at a time."""
    return sys._is_gil_enabled() if CAN_BE_FREE_THREADED else True  # type: ignore[attr-defined]
