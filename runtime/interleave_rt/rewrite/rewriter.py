"""From the source of a module to its rewritten code.

An instrument is an object with `rewrite(functions, path, tree)`: it
changes the functions it wants in place and returns the statements that the module must begin with, none when it changed
nothing. Instruments run in order, so a later one wraps what an earlier one wrote.

What the user can see stays: docstrings, signatures, line numbers, tracebacks, positions. The names that we add begin with
`_interleave_`: one underscore, since two would be mangled inside a class, and not in `builtins`, which Python restores
before the last finalizers run.
"""

from __future__ import annotations

import _ast

from . import LINES, RACE, SPANS, lines, nodes, places_to_hold, scopes
from .access_code import AccessInstrument
from .line_code import LineInstrument
from .span_code import SpanInstrument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

INSTRUMENTS = ((RACE, AccessInstrument()), (LINES, LineInstrument()), (SPANS, SpanInstrument()))


def rewrite(source, path: str, what: int, optimize: int = -1) -> CodeType | None:
    """The rewritten code of a module; None when there is nothing to rewrite, or when that must not be done.

    Raises SyntaxError and ValueError where Python does for this source.
    """
    return rewrite_tree(nodes.parse(source, path), path, what, optimize)


def rewrite_tree(tree, path: str, what: int, optimize: int = -1) -> CodeType | None:
    """Like `rewrite`; the tree is changed."""
    put_in_holds = _marked_holds(tree, path)
    functions = scopes.functions(tree)
    start: list = []
    for kind, instrument in INSTRUMENTS:
        if what & kind:
            # What one needs from those after it comes first.
            start = instrument.rewrite(functions, path, tree) + start
    if put_in_holds is not None:
        start += put_in_holds(tree)
    if not start:
        return None
    at = _start_of_code(tree.body)
    line = nodes.first_line(tree.body[at]) if at < len(tree.body) else 1
    tree.body[at:at] = [nodes.copy(statement, line, 0) for statement in start]
    try:
        code = compile(tree, path, "exec", dont_inherit=True, optimize=optimize)
    except (SyntaxError, RecursionError, ValueError):
        # An error of the user's comes again when the plain source is compiled; and 20 nested blocks, the most that
        # Python allows, leave no room for ours.
        return None
    return lines.hide_added_code(code, functions)


def _marked_holds(tree, path: str):
    """In a run that is to confirm a finding, marks where; the function that puts in what is needed there, later."""
    points = places_to_hold(path)
    if not points:
        return None
    from . import pause_code, pause_places

    return pause_code.put_in if pause_places.mark(tree, points) else None


def _start_of_code(body: list) -> int:
    """Index of the first statement that is neither the docstring nor an import of the future."""
    at = 1 if body and nodes.is_docstring(body[0]) else 0
    while at < len(body) and isinstance(body[at], _ast.ImportFrom) and body[at].module == "__future__":
        at += 1
    return at
