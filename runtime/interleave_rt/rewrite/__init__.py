"""Rewrites the user's own code so that it tells what it does: one rewriter, several instruments.

    source ─► tree ─► scopes (what each function is and uses) ─► instruments change the functions ─► code ─► cache

`rewriter`, `scopes`, `nodes`, `span_code`, `access_code` and what these import run where code is compiled; `spans` and
`accesses` (with `access_kinds`, `access_modules`, `access_entries`, `access_records`) where it is executed. Only the
latter, the hook and the cache are loaded in a program whose rewritten code is in the cache already.

Not rewritten, and so without spans: lambdas, functions that look at their own frame by name (`locals()`, `eval`, …),
functions that a compiler of their own takes apart (`@njit`), functions that do nothing, zip archives, and modules with a
loader other than the standard one for source files (pytest's test modules, for one).
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType


SPANS, RACE, LINES = 1, 2, 4
"""What is rewritten: functions tell when they begin and end; which shared variables they access; and which of their lines
run, only with the first. A sum of these."""


def what(options) -> int:
    """What the options (`start.Options`) ask for."""
    return _what(options.spans, options.race, options.lines)


def what_of(run: dict) -> int:
    """The same for the content of run.json."""
    return _what(run.get("spans"), run.get("race"), run.get("lines"))


def _what(spans, race, lines) -> int:
    return (SPANS if spans else 0) | (RACE if race else 0) | (LINES if spans and lines else 0)


def places_to_hold(path: str) -> list:
    """Places of a file at which the run holds threads; see `pauses`, which only such a run has loaded."""
    pauses = sys.modules.get("interleave_rt.pauses")
    return [] if pauses is None else pauses.points_of(path)


def install_import_hook(options) -> None:
    """From now on the user's modules are rewritten when they are imported; `options` are those of `start.Options`."""
    from . import import_hook

    import_hook.install(options.packages, what(options))


def compile_main(path: str, options, *, selection: dict | None = None) -> CodeType:
    """The code that runs as `__main__`: the file's, or that of a `selection` ({text, line}, lines from 1) of it.

    Rewritten as the options ask for. Raises what Python raises for the file: SyntaxError, ValueError, OSError.
    """
    from . import main

    return main.compile_main(path, what(options), selection)
