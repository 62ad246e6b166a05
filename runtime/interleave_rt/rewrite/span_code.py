"""What is written into a function so that it tells when it begins and ends. `spans` is the other half, at run time.

All of it stands in the function itself: a debugger steps into no function of ours, a profile has none, Ctrl+C shows none
in its traceback, and a recursion gets as deep as without us. Only what is rare is a call: the end of a segment or budget,
an exception, a generator's step.

While a function is recorded `_interleave_span` is true: the id of its site; when its budget was renewed, a tuple that
measures this call; in a generator that is suspended, its budget. A muted function has an empty budget and pays for one
look-up and two tests. From 3.11 on, code of ours has no line: no debugger stops at it, and the price is that a function
which ends without a `return`, or by an exception, has no line (None) at that very moment. Errors of the names themselves
(a module that is being cleared at the interpreter's end) and of the recursion limit mean "not recorded".
"""

from __future__ import annotations

import _ast
import sys

from ..versions import RECURSION_ERRORS_MAY_BE_CAUGHT
from . import nodes

# Functions that can see the names of their own frame are left alone.
_SEES_ITS_FRAME = frozenset(
    {"locals", "vars", "dir", "exec", "eval", "f_locals", "_getframe", "currentframe", "getgeneratorlocals"}
)
# Decorators that hand the function's bytecode to a compiler of their own.
_COMPILERS = frozenset({"jit", "njit", "vectorize", "guvectorize", "cfunc", "stencil", "overload", "kernel", "script"})

_MODULE_START = """
try:
    from interleave_rt.rewrite import spans as _interleave_spans
    _interleave_budgets = _interleave_spans.register(_path, _table)
except Exception:
    pass
"""

_BEGIN = nodes.template(
    """
try:
    _interleave_span = _interleave_budgets[%d]
    if _interleave_span:
        _interleave_span = _interleave_span.pop()
        _interleave_writer = _interleave_spans.local.r
        _interleave_writer[0](
            _interleave_writer[1], _interleave_writer[2](), _interleave_spans.now(), 0, 0, _interleave_span, 60
        )
        del _interleave_writer
except (TypeError, NameError%s):
    _interleave_span = None
except _interleave_spans.problems:
    _interleave_span = _interleave_spans.begun(_interleave_span)
"""
    % (nodes.PLACE, ", RecursionError" if RECURSION_ERRORS_MAY_BE_CAUGHT else "")
)

if (3, 10) <= sys.version_info < (3, 12):
    # There the jump over the handlers gets its line from what stands before it in the same block; without a line, a
    # debugger would stop at the function's first line twice.
    _BEGIN[0].body += nodes.template("_interleave_span")

_WHOLE = nodes.template("""
try:
    pass
except:
    if _interleave_span:
        try:
            _interleave_span = _interleave_spans.failed(_interleave_span)
        except (TypeError, AttributeError, NameError, RecursionError):
            _interleave_span = None
    raise
finally:
    if _interleave_span:
        try:
            _interleave_writer = _interleave_spans.local.r
            _interleave_writer[0](
                _interleave_writer[1], _interleave_writer[2](), _interleave_spans.now(), 0, 0, _interleave_span, 61
            )
        except (TypeError, AttributeError, NameError, RecursionError):
            pass
        except _interleave_spans.segment_ends:
            _interleave_spans.left(_interleave_span)
""")[0]

# The tuple evaluates in order, keeps the value alive no longer than the expression, and its first item is the value.
_SUSPEND = nodes.expression_template("""
(_value, (_interleave_span := _interleave_span
    and _interleave_spans.suspended(_interleave_span, _interleave_budgets[%d])))[0]
""" % nodes.PLACE)  # fmt: skip
_RESUME = nodes.expression_template("""
(_value, (_interleave_span := _interleave_span and _interleave_spans.resumed(_interleave_span)))[0]
""")


class SpanInstrument:
    """Functions tell when they begin and end; generators, when they are suspended and go on.

    A coroutine has no records for its own suspensions: it is suspended while its task is. `yield from` counts as
    suspended, since the inner generator tells its own steps.
    """

    def rewrite(self, functions: list, path: str, tree) -> list:
        """Changes the functions in place; returns the statements that the module begins with."""
        table = []
        for scope in functions:
            if is_left_alone(scope):
                continue
            node = scope.node
            _wrap(scope, len(table))
            table.append((scope.qualified_name, node.lineno, node.end_lineno or 0, node.col_offset))
        if not table:
            return []
        constants = {
            "_path": _ast.Constant(value=path, kind=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0),
            "_table": _ast.Constant(
                value=tuple(table), kind=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0
            ),
        }
        return [nodes.copy(statement, 1, 0, names=constants) for statement in nodes.template(_MODULE_START)]


def is_left_alone(scope) -> bool:
    if scope.yields_in_iterable or not scope.names.isdisjoint(_SEES_ITS_FRAME):
        return True
    for decorator in scope.node.decorator_list:
        function = decorator.func if isinstance(decorator, _ast.Call) else decorator
        if getattr(function, "attr", getattr(function, "id", "")) in _COMPILERS:
            return True
    return all(nodes.makes_no_code(each) or isinstance(each, _ast.Pass) for each in scope.node.body)


def _wrap(scope, number: int) -> None:
    """Puts a function's body between its begin and its end."""
    body = scope.node.body
    start = 0
    # The docstring stays first, and a declaration must come before the names it declares.
    while start < len(body) and nodes.makes_no_code(body[start]):
        start += 1
    first = body[start]
    # 1. The steps of a generator; an inner yield before the one around it.
    for parent, field, index in reversed(scope.yields):
        _wrap_yield(parent, field, index, number)
    # 2. The begin has the first statement's line, so that a debugger stops where it did.
    begin = [nodes.copy(each, nodes.first_line(first), first.col_offset, number) for each in _BEGIN]
    # 3. The end has no line of its own, or before 3.11 that of `def`, by which `lines` finds it again.
    line, column = (nodes.NO_LINE, nodes.NO_LINE) if nodes.NO_LINE else (scope.node.lineno, 0)
    whole = nodes.copy(_WHOLE, line, column)
    whole.body = body[start:]
    scope.node.body = [*body[:start], *begin, whole]


def _wrap_yield(parent, field: str, index: int, number: int) -> None:
    holder = getattr(parent, field)
    found = holder if index < 0 else holder[index]
    line, column = found.lineno, found.col_offset
    value = found.value or _ast.Constant(
        value=None, kind=None, lineno=line, col_offset=column, end_lineno=line, end_col_offset=column
    )
    found.value = _spread(_SUSPEND, found, number, value)
    around = _spread(_RESUME, found, number, found)
    if index < 0:
        setattr(parent, field, around)
    else:
        holder[index] = around


def _spread(template, found, number: int, value):
    """A copy of the template that covers the same text as the yield, so that what a traceback underlines stays."""
    made = nodes.copy(template, found.lineno, found.col_offset, number, {"_value": value})
    stack = [made]
    while stack:
        node = stack.pop()
        if node is value:
            continue
        if "lineno" in node._attributes:
            node.end_lineno, node.end_col_offset = found.end_lineno, found.end_col_offset
        for name in node._fields:
            each = getattr(node, name, None)
            stack += [one for one in (each if isinstance(each, list) else [each]) if isinstance(one, _ast.AST)]
    return made
