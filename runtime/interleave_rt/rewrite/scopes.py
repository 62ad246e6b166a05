"""One walk over a module's tree: which functions it has, what kind they are, which names they use, where they yield.

Instruments work on what this found and never walk the tree themselves. The walk uses a stack of its own, since the
expressions of generated code are nested deeper than Python's recursion limit.
"""

from __future__ import annotations

import _ast

FUNCTION, GENERATOR, COROUTINE, ASYNC_GENERATOR, CLASS, MODULE, LAMBDA = (
    "function", "generator", "coroutine", "async generator", "class", "module", "lambda",
)  # fmt: skip

_FUNCTIONS = (_ast.FunctionDef, _ast.AsyncFunctionDef)


class Scope:
    """A module, class, function or lambda. `names`: all plain names and attributes that its own code mentions."""

    __slots__ = ("node", "kind", "qualified_name", "names", "yields", "yields_in_iterable", "globals", "outer")

    def __init__(self, node, kind: str, name: str, outer: Scope | None) -> None:
        self.node = node
        self.kind = kind
        self.outer = outer
        self.qualified_name = _qualified(name, kind, outer)
        self.names: set[str] = set()
        self.yields: list[tuple] = []
        """(parent, field, index in it or -1) of each yield; a yield inside another one comes after it."""
        self.yields_in_iterable = False
        """A comprehension loops over what a yield gives; Python allows no assignment expression there."""
        self.globals: set[str] = set()


def functions(tree) -> list[Scope]:
    """The functions of a module, in order of their first line; lambdas are not among them."""
    module = Scope(tree, MODULE, "", None)
    found: list[Scope] = []
    stack: list[tuple] = [(tree, module)]
    while stack:
        node, scope = stack.pop()
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                for index, child in enumerate(value):
                    if isinstance(child, _ast.AST):
                        _enter(child, node, field, index, scope, stack, found)
            elif isinstance(value, _ast.AST):
                _enter(value, node, field, -1, scope, stack, found)
    found.sort(key=lambda scope: (scope.node.lineno, scope.node.col_offset))
    return found


def _enter(child, parent, field: str, index: int, scope: Scope, stack: list, found: list) -> None:
    kind = type(child)
    if kind is _ast.Name:
        # With an argument these look at that, not at the frame.
        if not (child.id in ("vars", "dir") and field == "func" and parent.args):
            scope.names.add(child.id)
    elif field == "body" and type(parent) is _ast.Lambda:
        inner = Scope(parent, LAMBDA, "<lambda>", scope)
        # What a lambda mentions, its function mentions: to leave one more alone costs a span only.
        inner.names = scope.names
        stack.append((_Holder(child), inner))
    elif kind in _FUNCTIONS:
        # Decorators, defaults and annotations belong to the outer scope, as does the function's name.
        inner = Scope(child, COROUTINE if kind is _ast.AsyncFunctionDef else FUNCTION, child.name, scope)
        found.append(inner)
        _split(child, scope, inner, stack, found)
    elif kind is _ast.ClassDef:
        _split(child, scope, Scope(child, CLASS, child.name, scope), stack, found)
    else:
        if kind is _ast.Attribute:
            scope.names.add(child.attr)
        elif kind is _ast.Yield or kind is _ast.YieldFrom:
            scope.yields.append((parent, field, index))
            if scope.kind in (FUNCTION, COROUTINE):
                scope.kind = GENERATOR if scope.kind == FUNCTION else ASYNC_GENERATOR
        elif kind is _ast.Global:
            scope.globals.update(child.names)
        elif kind is _ast.comprehension and _yields(child.iter):
            scope.yields_in_iterable = True
        stack.append((child, scope))


def _split(node, scope: Scope, inner: Scope, stack: list, found: list) -> None:
    """Visits a definition: its body in the scope it makes, the rest in the one it stands in."""
    for field in node._fields:
        value = getattr(node, field, None)
        if field == "body":
            # Declarations first: they decide the qualified names of the functions beside them.
            inner.globals.update(name for each in value if isinstance(each, _ast.Global) for name in each.names)
            for index, child in enumerate(value):
                _enter(child, node, field, index, inner, stack, found)
        elif isinstance(value, list):
            for index, child in enumerate(value):
                if isinstance(child, _ast.AST):
                    _enter(child, node, field, index, scope, stack, found)
        elif isinstance(value, _ast.AST):
            _enter(value, node, field, -1, scope, stack, found)


def _yields(expression) -> bool:
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, (_ast.Yield, _ast.YieldFrom)):
            return True
        for field in node._fields:
            value = getattr(node, field, None)
            stack += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, _ast.AST)]
    return False


class _Holder:
    """Stands for the parent of a lambda's expression, which is to be visited in the lambda's scope."""

    _fields = ("expression",)
    __slots__ = ("expression",)

    def __init__(self, expression) -> None:
        self.expression = expression


def _qualified(name: str, kind: str, outer: Scope | None) -> str:
    if outer is None or outer.kind == MODULE or name in outer.globals:
        return name
    between = "." if outer.kind == CLASS else ".<locals>."
    return outer.qualified_name + between + name
