"""Compiles what runs as `__main__`: the user's file, or a selection of its lines."""

from __future__ import annotations

import os
import sys

from . import cache, places_to_hold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType


def compile_main(path: str, what: int, selection: dict | None = None) -> CodeType:
    """See `rewrite.compile_main`."""
    optimize = _optimize_level()
    if selection is not None:
        return _compile_selection(path, selection["text"], int(selection["line"]), what, optimize)
    with open(path, "rb") as file:
        source = file.read()
    code = None
    if what:
        code = _rewritten(path, source, what, optimize)
    if code is None:
        code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    if sys.stderr is not None:
        # The compiler's warnings: before 3.9 they are buffered, and what follows is an exec.
        sys.stderr.flush()
    return code


def _rewritten(path: str, source: bytes, what: int, optimize: int) -> CodeType | None:
    """None when there is nothing to rewrite. Raises what Python raises for the source."""
    code = None if places_to_hold(path) else cache.load(path, source, optimize, what)
    if code is not None:
        return None if code == cache.NOTHING_TO_REWRITE else code
    from . import import_hook

    warnings = _warnings()
    if warnings is None:
        return import_hook.code_of(path, source, what, optimize)
    from . import rewriter

    # Python warns at each start of a program whose text is doubtful, so such a text is compiled at each start.
    with warnings.catch_warnings(record=True) as found:
        code = rewriter.rewrite(source, path, what, optimize)
    if code is None and found:
        return None
    for each in found:
        warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)
    if not found and not places_to_hold(path):
        cache.store(path, source, optimize, what, code)
    return code


def _warnings():
    """The library's module, in the supervisor; elsewhere, where the user may have one of that name, None."""
    if not sys.flags.isolated:
        return None
    import warnings

    return warnings


def _compile_selection(path: str, text: str, line: int, what: int, optimize: int) -> CodeType:
    """Only the selected lines, at the place where they stand in the file."""
    from . import nodes, rewriter

    text = _indentation_before(path, text, line) + text
    is_indented = text.lstrip("\r\n")[:1] in (" ", "\t")
    shift = line - 2 if is_indented else line - 1
    try:
        tree = nodes.parse("if 1:\n" + text if is_indented else text, path)
    except SyntaxError as error:
        raise _moved(error, text, shift, is_indented) from None
    if is_indented:
        tree.body = tree.body[0].body
    nodes.shift_lines(tree, shift)
    plain = compile(tree, path, "exec", dont_inherit=True, optimize=optimize)
    return (rewriter.rewrite_tree(tree, path, what, optimize) if what else None) or plain


def _moved(error: SyntaxError, text: str, shift: int, is_indented: bool) -> SyntaxError:
    """The same error at the place where the selection stands in the file."""
    if error.lineno is None:
        return error
    lines = text.split("\n")
    at = error.lineno - (2 if is_indented else 1)
    where = [error.filename, error.lineno + shift, error.offset, lines[at] + "\n" if 0 <= at < len(lines) else None]
    end = getattr(error, "end_lineno", None)
    if end is not None:
        where += [end + shift, error.end_offset]  # type: ignore[attr-defined]
    return type(error)(error.msg, tuple(where))


def _indentation_before(path: str, text: str, line: int) -> str:
    """What stands before the selection in its first line, when that is white space only."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().split("\n")
        whole, first = lines[line - 1], text.split("\n")[0]
    except (OSError, IndexError):
        return ""
    before, found, _ = whole.partition(first.rstrip("\r"))
    return before if found and not before.strip() else ""


def _optimize_level() -> int:
    """The level the program will run with: the supervisor itself ignores the environment."""
    if not sys.flags.ignore_environment:
        return -1
    value = os.environ.get("PYTHONOPTIMIZE", "")
    if not value:
        return sys.flags.optimize
    return min(2, int(value)) if value.isdigit() else 1
