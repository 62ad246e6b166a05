"""Trees of code without the module `ast`, which a user's own `ast.py` may stand for: only the built-in `_ast`."""

from __future__ import annotations

import _ast
import sys

ONLY_TREE = 0x400  # PyCF_ONLY_AST
PLACE = 1234567890
"""Stands in a template for a number that is known later."""

# From 3.11 on, code may have no line: it fires no line event in a debugger. Before, `lines` sees to that.
NO_LINE = -1 if sys.version_info >= (3, 11) else 0


def parse(source, path: str):
    """The tree of a module. Raises what `compile` raises."""
    return compile(source, path, "exec", ONLY_TREE, dont_inherit=True)


def template(text: str) -> list:
    """Statements to be copied with `copy`."""
    return parse(text, "<template>").body


def expression_template(text: str):
    """An expression to be copied with `copy`."""
    return template(text)[0].value


def copy(node, line: int, column: int, number: int = 0, names: dict | None = None):
    """A copy of a template at this place; PLACE is replaced by `number`, names by the nodes in `names`."""
    if names and isinstance(node, _ast.Name) and node.id in names:
        return names[node.id]
    if not node._fields and not node._attributes:
        # Load and the like: Python itself has one of each for all.
        return node
    made = type(node)()
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            value = [copy(each, line, column, number, names) if isinstance(each, _ast.AST) else each for each in value]
        elif isinstance(value, _ast.AST):
            value = copy(value, line, column, number, names)
        elif value == PLACE:
            value = number
        setattr(made, field, value)
    if "lineno" in node._attributes:
        made.lineno = made.end_lineno = line
        made.col_offset = made.end_col_offset = column
    return made


def is_docstring(statement) -> bool:
    return (
        isinstance(statement, _ast.Expr)
        and isinstance(statement.value, _ast.Constant)
        and isinstance(statement.value.value, str)
    )


def makes_no_code(statement) -> bool:
    """Declarations and constants: statements that a debugger does not stop at."""
    if isinstance(statement, (_ast.Global, _ast.Nonlocal)):
        return True
    if isinstance(statement, _ast.AnnAssign):
        return statement.value is None and isinstance(statement.target, _ast.Name)
    return isinstance(statement, _ast.Expr) and isinstance(statement.value, _ast.Constant)


def first_line(statement) -> int:
    """The line at which a statement's execution begins: that of the first decorator, if it has one."""
    decorators = getattr(statement, "decorator_list", None)
    return decorators[0].lineno if decorators else statement.lineno


def shift_lines(tree, lines: int) -> None:
    """Moves everything down by so many lines."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if "lineno" in node._attributes:
            node.lineno += lines
            if node.end_lineno is not None:
                node.end_lineno += lines
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                stack += [each for each in value if isinstance(each, _ast.AST)]
            elif isinstance(value, _ast.AST):
                stack.append(value)
