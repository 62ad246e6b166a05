"""What is written into functions, and into what modules run themselves, so that each line tells that it runs.

    total += count     ─►     if _interleave_line[7]: …     (one look into a list, unless it is to be told)
                              total += count

`line_facts` is the other half, at run time: it fills the function's list, `_interleave_line`. The call stands at the first
statement of each line; the head of a loop is told again at the end of each round, that of a `with` when its body is over.
All of it has the line that it tells of, or none, so that a debugger stops where it did.

Not told: lines inside of an expression that spans several, lambdas, bodies of classes inside functions, and functions
that `span_code` leaves alone. Before 3.11, where code must have a line, a module's own loops tell of their heads once.
"""

from __future__ import annotations

import _ast
import _imp
import sys

from ..versions import RECURSION_ERRORS_MAY_BE_CAUGHT
from . import nodes, scopes
from .line_facts import FIRST, MINE, NEXT, RARE, SLOW, STAMP, TICKS
from .span_code import is_left_alone

_START = """
try:
    from interleave_rt.rewrite import line_facts as _interleave_lines
    _interleave_line = _interleave_lines.register(_names, _rows, _budgets, _path)
except Exception:
    _interleave_line = _nothing
"""

_BEGIN = nodes.template(f"""
try:
    _interleave_line = _interleave_lines.here._name
    if _interleave_line[{TICKS}][0] != _interleave_line[{STAMP}]:
        _interleave_line[{STAMP}] = _interleave_line[{TICKS}][0]
        if _interleave_line[{RARE}]:
            _interleave_line = _interleave_line[{SLOW}](0)
except (TypeError, AttributeError, NameError{", RecursionError" if RECURSION_ERRORS_MAY_BE_CAUGHT else ""}):
    _interleave_line = _nothing
""")[0]

if (3, 10) <= sys.version_info < (3, 12):
    # As in `span_code`.
    _BEGIN.body += nodes.template("_interleave_line")

_TELL = nodes.template(f"""
if _interleave_line[{nodes.PLACE}]:
    if _interleave_line[{NEXT}](_interleave_line[{nodes.PLACE}], 1):
        _interleave_line[{SLOW}]({nodes.PLACE})
""")

# A generator or coroutine may go on in another thread; then the list is that thread's, from its first line on.
_TELL_AND_KEEP = nodes.template(f"""
if _interleave_line[{nodes.PLACE}]:
    if _interleave_line[{NEXT}](_interleave_line[{nodes.PLACE}], 1):
        _interleave_line = _interleave_line[{SLOW}]({nodes.PLACE})
""")

_REFRESH = nodes.template(f"""
if _interleave_line[{MINE}]:
    _interleave_line = _interleave_line[{MINE}]()
""")

_TICK = nodes.template(f"""
if _interleave_line[{TICKS}][0] != _interleave_line[{STAMP}]:
    _interleave_line[{STAMP}] = _interleave_line[{TICKS}][0]
    if _interleave_line[{RARE}]:
        _interleave_line[{SLOW}](0)
""")

_GLOBAL = nodes.template("global _interleave_line")[0]

_SUSPENSIONS = (_ast.Yield, _ast.YieldFrom, _ast.Await, _ast.AsyncFor, _ast.AsyncWith)
_SCOPES = (_ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef, _ast.Lambda)
_LOOPS = (_ast.For, _ast.AsyncFor, _ast.While)
_MOST_LOOPS = 4095
_LEAVES = (_ast.Return, _ast.Raise, _ast.Continue, _ast.Break)


class LineInstrument:
    """Lines tell that they run: see the module."""

    def rewrite(self, functions: list, path: str, tree) -> list:
        """Changes the functions, and what the module itself runs, in place; returns the module's first statements."""
        codes = []
        for scope in functions:
            if is_left_alone(scope):
                continue
            body = scope.node.body
            first = _first_to_tell(body)
            code = _Code(None if scope.kind == scopes.FUNCTION else _Suspensions(), scope.node.lineno)
            code.begin_at(body[first])
            scope.node.body = [*body[:first], code.begin, *code.block(body[first:], 0, False)]
            codes.append(code)
        module = _Code(None, 0, is_module=True)
        first = _first_to_tell(tree.body)
        tree.body[first:] = module.block(tree.body[first:], 0, False)
        if not codes and not module.rows:
            return []
        has_functions = bool(codes)
        codes.append(module)
        rows = tuple([tuple(code.rows) for code in codes])
        name = "f" + _imp.source_hash(0, repr((path, rows)).encode("utf-8", "surrogatepass")).hex()
        names = tuple(["%s_%d" % (name, number) for number in range(len(codes))])
        for code, each in zip(codes[:-1], names):
            code.finish(each)
        budgets = _ast.Name(id="_interleave_budgets", ctx=_ast.Load()) if has_functions else _constant(())
        values = {
            "_names": _constant(names), "_rows": _constant(rows), "_path": _constant(path),
            "_nothing": _constant(module.nothing()), "_budgets": _placed(budgets, 1, 0),
        }  # fmt: skip
        return [nodes.copy(statement, 1, 0, names=values) for statement in nodes.template(_START)]


def _first_to_tell(body: list) -> int:
    """Index of the first statement that makes code: the docstring stays first, and declarations before what they declare."""
    at = 0
    while at < len(body) and (
        nodes.makes_no_code(body[at]) or (isinstance(body[at], _ast.ImportFrom) and body[at].module == "__future__")
    ):
        at += 1
    return at


class _Code:
    """The lines of one function, or of a module and its classes."""

    def __init__(self, suspensions, hidden_line: int, is_module: bool = False) -> None:
        self.suspensions = suspensions
        self.is_module = is_module
        self.rows: list[tuple] = []
        """Of each entry: (its line, negative where the same run goes on; number of the outermost loop around it, 0 none)."""
        self.loops = 0
        self.hidden_line = nodes.NO_LINE or hidden_line
        self.tell = _TELL if suspensions is None else _TELL_AND_KEEP
        self.heads: list[tuple] = []
        """Of the loops around, the innermost last: (entry of its head, whether it suspends)."""
        self.begin = None
        """What begins the function; a module has none."""

    def begin_at(self, first) -> None:
        line, column = nodes.first_line(first), first.col_offset
        self.begin = nodes.copy(_BEGIN, line, column, names={"_nothing": _placed(_constant(None), line, column)})

    def finish(self, name: str) -> None:
        """Puts in what is known only now: by which name the function's list is kept, and a list in which nothing is told."""
        self.begin.body[0].value.attr = name
        self.begin.handlers[0].body[0].value.value = self.nothing()

    def nothing(self) -> tuple:
        found: list = [None] * (FIRST + len(self.rows))
        found[STAMP], found[TICKS] = 0, b"\0"
        return tuple(found)

    def block(self, body: list, line: int, is_after_suspension: bool) -> list:
        """The statements with what tells of their lines; `line` is told already."""
        told = []
        for statement in body:
            first = nodes.first_line(statement)
            if first != line and not nodes.makes_no_code(statement):
                line = first
                column = statement.col_offset
                if is_after_suspension:
                    told.append(nodes.copy(_REFRESH[0], line, column))
                told.append(nodes.copy(self.tell[0], line, column, self.entry(line)))
                is_after_suspension = False
            if isinstance(statement, _ast.Continue) and self.heads:
                told += self.head()
            self.inside(statement, line)
            told.append(statement)
            is_after_suspension = is_after_suspension or self.suspends(statement)
        return told

    def inside(self, statement, line: int) -> None:
        """The blocks of a compound statement."""
        if isinstance(statement, _ast.ClassDef):
            if self.is_module:
                self.class_body(statement)
            return
        if isinstance(statement, _SCOPES):
            return
        suspends = self.suspends(statement)
        is_loop = isinstance(statement, _LOOPS)
        if is_loop:
            self.loop(statement, line, suspends)
        elif isinstance(statement, (_ast.With, _ast.AsyncWith)):
            statement.body = self.block(statement.body, line, suspends)
            if self.can_hide() and not isinstance(statement.body[-1], _LEAVES):
                statement.body += self.hidden(self.entry(-line), suspends)
        elif isinstance(getattr(statement, "body", None), list):
            statement.body = self.block(statement.body, line, suspends)
        for name in ("orelse", "finalbody"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list):
                setattr(statement, name, self.block(inner, line, suspends))
        for each in [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]:
            each.body = self.block(each.body, getattr(each, "lineno", 0), suspends)

    def loop(self, statement, line: int, suspends: bool) -> None:
        if not self.heads:
            self.loops += 1
        self.heads.append((0, suspends))
        self.heads[-1] = (self.entry(line), suspends)
        first = statement.body[0]
        tick = nodes.copy(_TICK[0], nodes.first_line(first), first.col_offset)
        refresh = [nodes.copy(_REFRESH[0], tick.lineno, tick.col_offset)] if suspends else []
        body = self.block(statement.body, line, False)
        if not isinstance(body[-1], _LEAVES):
            body += self.head()
        statement.body = [*refresh, tick, *body]
        self.heads.pop()

    def class_body(self, statement) -> None:
        start = 1 if nodes.is_docstring(statement.body[0]) else 0
        if start == len(statement.body):
            return
        heads, self.heads = self.heads, []
        told = self.block(statement.body[start:], nodes.first_line(statement), False)
        # Not by a look into the namespace of the class, which a metaclass may have made.
        line, column = nodes.first_line(statement.body[start]), statement.body[start].col_offset
        statement.body[start:] = [nodes.copy(_GLOBAL, line, column), *told]
        self.heads = heads

    def head(self) -> list:
        """Tells that the innermost loop goes on with its head."""
        return self.hidden(*self.heads[-1]) if self.can_hide() else []

    def hidden(self, entry: int, is_after_suspension: bool) -> list:
        """Tells of a line where a debugger must not stop."""
        refresh = _REFRESH if is_after_suspension else []
        return [nodes.copy(each, self.hidden_line, self.hidden_column(), entry) for each in [*refresh, *self.tell]]

    def hidden_column(self) -> int:
        return nodes.NO_LINE or 0

    def can_hide(self) -> bool:
        return self.hidden_line != 0

    def entry(self, line: int) -> int:
        self.rows.append((line, min(self.loops, _MOST_LOOPS) if self.heads else 0))
        return FIRST + len(self.rows) - 1

    def suspends(self, statement) -> bool:
        return self.suspensions is not None and self.suspensions.are_in(statement)


class _Suspensions:
    """Which statements of a generator or coroutine contain a place where it is suspended."""

    def __init__(self) -> None:
        self.known: dict[int, bool] = {}

    def are_in(self, statement) -> bool:
        """To be asked before the statement is changed the first time."""
        found = self.known.get(id(statement))
        if found is None:
            found = self.known[id(statement)] = not isinstance(statement, _SCOPES) and _contains_suspension(statement)
        return found


def _contains_suspension(statement) -> bool:
    stack = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, _SUSPENSIONS) or (isinstance(node, _ast.comprehension) and node.is_async):
            return True
        for field in node._fields:
            value = getattr(node, field, None)
            inner = value if isinstance(value, list) else [value]
            stack += [each for each in inner if isinstance(each, _ast.AST) and not isinstance(each, _SCOPES)]
    return False


def _constant(value):
    return _placed(_ast.Constant(value=value, kind=None), 1, 0)


def _placed(node, line: int, column: int):
    node.lineno = node.end_lineno = line
    node.col_offset = node.end_col_offset = column
    return node
