"""The program of a mode: loads the file, finds function and inputs, runs them, tells what failed."""

from __future__ import annotations

import os
import sys
import types
from typing import Callable, Optional

from .. import rewrite
from ..patches import _usage
from . import calls, failures


def main(run: dict) -> None:
    """Runs to the end; leaves by SystemExit unless all went well. `run`: see run.json in ARCHITECTURE.md."""
    try:
        module = _load(run["file"], rewrite.what_of(run))
        if module is None:
            raise SystemExit(1)
        function = calls.find_function(module, run["function"])
        workers = run["workers"] or usable_cores()
        inputs = calls.evaluate_inputs(module, function, run["inputs"], workers)
        made, runner = calls.calls_of(function, run["function"], inputs), _run_function(run["mode"])
        _usage.record(_usage.BEGIN)
        failed = runner(made, workers, run)
        _usage.record(_usage.OVER)
    except calls.WrongUse as error:
        failures.end_with_sentence(str(error))
    except KeyboardInterrupt:
        sys.excepthook = failures.print_user_part
        raise
    if failed:
        raise SystemExit(1)


def load_file(file: str, what: int) -> types.ModuleType:
    """The user's file as the module `__mp_main__`, which is also `__main__` from now on. Raises what the file raises."""
    from ..rewrite import main as rewriting

    code = rewriting.compile_main(file, what)
    module = types.ModuleType("__mp_main__")
    module.__file__ = file
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
    exec(code, module.__dict__)
    return module


def usable_cores() -> int:
    """The number of cores that this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _load(file: str, what: int) -> Optional[types.ModuleType]:
    """None when the file could not be loaded; the user has been told then."""
    try:
        return load_file(file, what)
    except SystemExit:
        print(
            "%s ended by itself while it was loaded; what only a program does belongs under"
            ' `if __name__ == "__main__":`.' % os.path.basename(file),
            file=sys.stderr,
        )
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        failures.print_user_part(type(error), error, error.__traceback__)
        return None


def _run_function(mode: str) -> Callable:
    from . import runners

    try:
        return runners.BY_MODE[mode]
    except KeyError:
        raise calls.WrongUse(
            "There is no mode %r; there are %s." % (mode, ", ".join(sorted(runners.BY_MODE)))
        ) from None
