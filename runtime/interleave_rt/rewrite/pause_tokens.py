"""What an access is about, in a form by which two of them can be compared when they run."""

from __future__ import annotations

import _ast

from . import access_trees as trees

_ASSIGNMENTS = (_ast.Assign, _ast.AugAssign, _ast.AnnAssign)
# Methods whose first argument is the key, or the element, that they are about.
_KEYED = frozenset({"pop", "get", "setdefault", "add", "discard", "remove"})


def token_of(path: tuple):
    """(shape, name, …) of what is accessed: `_._pools[_]` with `self` and `key`; None where names mean something else."""
    if any(isinstance(node, (_ast.Lambda, *trees.COMPREHENSIONS)) for node in path):
        return None
    node = path[-1]
    key = None
    if isinstance(node, _ast.Call) and isinstance(node.func, _ast.Attribute):
        key = node.args[0] if node.args and node.func.attr in _KEYED else None
        node = node.func.value
    if isinstance(node, _ASSIGNMENTS):
        node = node.targets[0] if isinstance(node, _ast.Assign) else node.target
    names: list[str] = []
    shape = _shape(node, names)
    if shape is not None and key is not None:
        inner = _key_shape(key, names)
        shape = None if inner is None else "%s[%s]" % (shape, inner)
    if shape is None:
        return None
    if isinstance(node, _ast.Name) and not isinstance(node.ctx, _ast.Load):
        # The name itself is the variable.
        return (node.id, ())
    return (shape, tuple(names))


def _shape(node, names: list):
    if isinstance(node, _ast.Name):
        names.append(node.id)
        return "_"
    if isinstance(node, _ast.Attribute):
        base = _shape(node.value, names)
        return None if base is None else "%s.%s" % (base, node.attr)
    if isinstance(node, _ast.Subscript):
        base = _shape(node.value, names)
        key = node.slice.value if type(node.slice).__name__ == "Index" else node.slice
        inner = _key_shape(key, names)
        return None if base is None or inner is None else "%s[%s]" % (base, inner)
    return None


def _key_shape(key, names: list):
    return repr(key.value) if isinstance(key, _ast.Constant) else _shape(key, names)
