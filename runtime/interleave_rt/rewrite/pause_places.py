"""Finds the places that a run names in a tree, and marks what is to be put there (`pause_code`)."""

from __future__ import annotations

import _ast

from . import access_trees as trees
from .pause_code import ARRIVED, HOLD, HOLD_LOCK, HOLD_TASK, PASSED, put_mark
from .pause_tokens import token_of

_ASSIGNMENTS = (_ast.Assign, _ast.AugAssign, _ast.AnnAssign)
_WITH = (_ast.With, _ast.AsyncWith)
_LOOPS = (_ast.For, _ast.AsyncFor)
_FUNCTIONS = (_ast.FunctionDef, _ast.AsyncFunctionDef, _ast.Lambda)
_LEAVES = (_ast.Return, _ast.Raise)


def mark(tree, points: list) -> bool:
    """Marks the nodes at these places, (number, point) as `pauses.points_of` has them; whether there are any."""
    found = False
    for number, point in points:
        for path in _paths_to(tree, point):
            found = _MARKERS[point[1]](path, number, point) or found
    return found


def _paths_to(tree, point: tuple) -> list:
    """The nodes from the module down to each node at the place; at one with unknown columns, all on the line."""
    _, what, line, column, end_line, end_column, _, _ = point
    found = []
    stack: list[tuple] = [(tree,)]
    while stack:
        path = stack.pop()
        node = path[-1]
        if getattr(node, "lineno", 0) == line:
            is_there = column < 0 or (node.col_offset, node.end_lineno, node.end_col_offset) == (
                column,
                end_line or node.end_lineno,
                end_column if end_column >= 0 else node.end_col_offset,
            )
            if is_there:
                found.append(path)
        stack += [(*path, child) for child in trees.children(node)]
    if what == "lock" or column < 0:
        at_line = [path for path in [_statement_at(tree, line)] if path]
        return (found if what == "lock" else []) or at_line
    # A statement that is one expression has the same place as it: the innermost one is meant.
    return sorted(found, key=len)[-1:]


def _statement_at(tree, line: int) -> tuple:
    """The path to the innermost statement that the line belongs to."""
    best: tuple = ()
    stack: list[tuple] = [(tree,)]
    while stack:
        path = stack.pop()
        node = path[-1]
        if isinstance(node, _ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno):
            best = path if len(path) > len(best) else best
        stack += [(*path, child) for child in trees.children(node)]
    return best


def _statement_of(path: tuple):
    return next(node for node in reversed(path) if isinstance(node, _ast.stmt))


def _is_target(path: tuple, statement) -> bool:
    """Whether the path leads to what the statement stores to, or is the statement itself."""
    if path[-1] is statement:
        return True
    below = path[path.index(statement) + 1]
    if isinstance(statement, _ast.Assign):
        return any(below is target for target in statement.targets)
    return isinstance(statement, _ASSIGNMENTS) and below is statement.target


def _mark_hold(path: tuple, number: int, point: tuple) -> bool:
    if point[6]:
        return _mark_section(path, number, point)
    node, statement = path[-1], _statement_of(path)
    token = token_of(path)
    if isinstance(statement, _ASSIGNMENTS) and _is_target(path, statement):
        if statement.value is not None:
            put_mark(statement, "value", HOLD, number, token)
    elif isinstance(statement, _ast.Delete):
        put_mark(statement, "before", HOLD, number, token)
    elif isinstance(node, _ast.Call) and isinstance(node.func, _ast.Attribute):
        put_mark(node, "arguments", HOLD, number, token)
    elif isinstance(node, (_ast.Attribute, _ast.Subscript)):
        put_mark(node, "base", HOLD, number, token)
    else:
        put_mark(statement, "before", HOLD, number, token)
    return _mark_passed(path, number, point)


def _mark_pass(path: tuple, number: int, point: tuple) -> bool:
    """Before and behind an access that another unit is held for."""
    return _mark_enter(path, number, point) and _mark_passed(path, number, point)


def _mark_enter(path: tuple, number: int, point: tuple) -> bool:
    node, statement = path[-1], _statement_of(path)
    if isinstance(node, _ast.Call) and isinstance(node.func, _ast.Attribute):
        return put_mark(node, "arguments", ARRIVED, number, token_of(path))
    if isinstance(node, (_ast.Attribute, _ast.Subscript)) and isinstance(node.ctx, _ast.Load):
        return put_mark(node, "base", ARRIVED, number, token_of(path))
    return put_mark(statement, "before", ARRIVED, number, token_of(path))


def _mark_section(path: tuple, number: int, point: tuple) -> bool:
    """Before the section of the write, when the read is in one of its own before it; else before the function's first one."""
    read = (point[6], point[7])
    inside = len(path) - 1
    while inside > 0 and not isinstance(path[inside], _FUNCTIONS):
        inside -= 1
    within = path[inside:]
    before = next((node for node in within if isinstance(node, _WITH) and not _is_within(read, node)), None)
    if before is None:
        before = _acquiring(within, read) or _statement_of(path)
    put_mark(before, "before", HOLD, number)
    return _mark_passed(path, number, point)


def _is_within(position: tuple, node) -> bool:
    return (node.lineno, node.col_offset) <= position < (node.end_lineno, node.end_col_offset)


def _acquiring(path: tuple, read: tuple):
    """The last `lock.acquire()` between the read and the end of the path."""
    found = None
    for parent, child in zip(path, path[1:]):
        for name in parent._fields:
            block = getattr(parent, name, None)
            if not isinstance(block, list) or not any(each is child for each in block):
                continue
            for statement in block:
                if statement is child:
                    break
                is_acquiring = _calls(statement, "acquire") and (statement.lineno, statement.col_offset) > read
                found = statement if is_acquiring else found
    return found


def _calls(statement, method: str) -> bool:
    call = statement.value if isinstance(statement, _ast.Expr) else None
    return isinstance(call, _ast.Call) and getattr(call.func, "attr", "") == method


def _mark_passed(path: tuple, number: int, point: tuple) -> bool:
    node, statement = path[-1], _statement_of(path)
    token = token_of(path)
    is_simple = not hasattr(statement, "body") and not isinstance(statement, _LEAVES)
    is_store = isinstance(statement, (_ast.Delete, *_ASSIGNMENTS)) and _is_target(path, statement)
    if is_store or is_simple:
        return put_mark(statement, "after", PASSED, number, token)
    if isinstance(node, (_ast.Call, _ast.Attribute, _ast.Subscript)):
        return put_mark(node, "whole", PASSED, number, token)
    if isinstance(statement, _ast.Return) and statement.value is not None:
        return put_mark(statement, "value", PASSED, number, token)
    return put_mark(statement, "before", PASSED, number, token)


def _mark_loop(path: tuple, number: int, point: tuple) -> bool:
    """In the body of a loop: what it goes through has been begun with."""
    node = path[-1]
    for outer in reversed(path[:-1]):
        if isinstance(outer, _LOOPS):
            return put_mark(outer, "body", HOLD, number, token_of(path))
        if isinstance(outer, trees.COMPREHENSIONS):
            return put_mark(outer, "element", HOLD, number)
        if isinstance(outer, _ast.stmt):
            break
    return isinstance(node, _ast.expr) and put_mark(_statement_of(path), "before", HOLD, number)


def _mark_lock(path: tuple, number: int, point: tuple) -> bool:
    """Before a lock is taken: by `with`, by `acquire`, or else somewhere in this statement."""
    node, statement = path[-1], _statement_of(path)
    if isinstance(statement, _ast.With) and not _is_in_body(path, statement):
        items = [item for item in statement.items if _is_at(item.context_expr, point)] or statement.items
        for item in items:
            _put_once(item, number)
        return True
    if isinstance(node, _ast.Call) and isinstance(node.func, _ast.Attribute) and node.func.attr == "acquire":
        return put_mark(node, "function", HOLD_LOCK, number)
    if isinstance(node, _ast.stmt) and not hasattr(node, "body") and not _calls(node, "acquire"):
        return put_mark(node, "before", HOLD_LOCK, number)
    return False


def _is_in_body(path: tuple, statement) -> bool:
    return path[-1] is not statement and any(path[path.index(statement) + 1] is each for each in statement.body)


def _is_at(node, point: tuple) -> bool:
    return point[3] >= 0 and (node.lineno, node.col_offset) == (point[2], point[3])


def _put_once(node, number: int) -> None:
    known = node.__dict__.get("interleave_marks", ())
    if not any(each.number == number for each in known):
        put_mark(node, "context", HOLD_LOCK, number)


def _mark_await(path: tuple, number: int, point: tuple) -> bool:
    """The last `await` between the read and the write that is here."""
    read, write = (point[6], point[7]), (point[2], point[3])
    function = next((node for node in reversed(path) if isinstance(node, _ast.AsyncFunctionDef)), None)
    awaits = [] if function is None else [each for each in trees.own_nodes(function) if isinstance(each, _ast.Await)]
    between = [each for each in awaits if read <= (each.lineno, each.col_offset) <= write or _is_within(write, each)]
    if between:
        last = max(between, key=lambda each: (each.lineno, each.col_offset))
        put_mark(last, "awaited", HOLD_TASK, number, token_of(path))
    return _mark_passed(path, number, point)


_MARKERS = {
    "hold": _mark_hold,
    "process": _mark_hold,
    "pass": _mark_pass,
    "grow": _mark_pass,
    "enter": _mark_enter,
    "leave": _mark_passed,
    "loop": _mark_loop,
    "lock": _mark_lock,
    "await": _mark_await,
}
