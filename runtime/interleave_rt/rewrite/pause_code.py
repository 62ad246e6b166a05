"""Puts the calls of `pauses` into the user's code, at the places that a run names.

    self.total = self.total + amount   ─►   self.total = _interleave_hold(0, self.total + amount, ("_.total", self))
                                            _interleave_passed(0, None, ("_.total", self))

A hold stands where the read has been done and the write has not: around the value that an assignment is about to store,
around the last argument of a method, in the body of a loop; for a critical section that is split, before the second one.
`pause_places` finds the places before other instruments change the tree, and calls are put in afterwards, so that what
those say of the text is not about our calls.
"""

from __future__ import annotations

import _ast

from . import nodes

START = """
from interleave_rt.pauses import hold as _interleave_hold, hold_lock as _interleave_hold_lock
from interleave_rt.pauses import hold_task as _interleave_hold_task
from interleave_rt.pauses import arrived as _interleave_arrived, passed as _interleave_passed
"""
HOLD = nodes.expression_template("_interleave_hold(%d, _value, _token)" % nodes.PLACE)
HOLD_LOCK = nodes.expression_template("_interleave_hold_lock(%d, _value)" % nodes.PLACE)
HOLD_TASK = nodes.expression_template("_interleave_hold_task(%d, _value, _token)" % nodes.PLACE)
ARRIVED = nodes.expression_template("_interleave_arrived(%d, _value, _token)" % nodes.PLACE)
PASSED = nodes.expression_template("_interleave_passed(%d, _value, _token)" % nodes.PLACE)


class Mark:
    """What is to become of a node: `how` names the part of it that a call goes around, or the side on which it goes."""

    __slots__ = ("how", "template", "number", "token")

    def __init__(self, how: str, template, number: int, token) -> None:
        self.how = how
        self.template = template
        self.number = number
        self.token = token


def put_mark(node, how: str, template, number: int, token=None) -> bool:
    marks = node.__dict__.setdefault("interleave_marks", [])
    marks.append(Mark(how, template, number, token))
    return True


def put_in(tree) -> list:
    """Puts in the calls that were marked; returns the statements that the module must begin with."""
    _put_in(tree)
    return nodes.template(START)


def _put_in(node) -> None:
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            setattr(node, field, [made for each in value for made in _replaced(each)])
        elif isinstance(value, _ast.AST):
            setattr(node, field, _replaced(value)[0])


def _replaced(node) -> list:
    """What comes in place of a node: itself, with statements around it, or the call that it is an argument of."""
    if not isinstance(node, _ast.AST):
        return [node]
    _put_in(node)
    marks = node.__dict__.pop("interleave_marks", ())
    before = [_statement(each, node) for each in marks if each.how == "before"]
    after = [_statement(each, node) for each in marks if each.how == "after"]
    for each in marks:
        if each.how == "value":
            node.value = _call(each, node.value, node)
        elif each.how == "body":
            node.body = [_statement(each, node.body[0]), *node.body]
        elif each.how == "element":
            name = "value" if isinstance(node, _ast.DictComp) else "elt"
            setattr(node, name, _call(each, getattr(node, name), node))
        elif each.how == "arguments":
            if node.args and not isinstance(node.args[-1], _ast.Starred):
                node.args[-1] = _call(each, node.args[-1], node)
            else:
                node.func.value = _call(each, node.func.value, node)
        elif each.how in ("base", "awaited"):
            node.value = _call(each, node.value, node)
        elif each.how == "context":
            node.context_expr = _call(each, node.context_expr, node.context_expr)
        elif each.how == "function":
            node.func.value = _call(each, node.func.value, node)
        elif each.how == "whole":
            node = _call(each, node, node)
    return [*before, node, *after]


def _statement(mark: Mark, near):
    made = _ast.Expr(value=_call(mark, _none(near), near))
    return _placed(made, near)


def _call(mark: Mark, value, near):
    line, column = near.lineno, near.col_offset
    return nodes.copy(
        mark.template, line, column, mark.number, {"_value": value, "_token": _token_node(mark.token, near)}
    )


def _token_node(token, near):
    if token is None:
        return _none(near)
    shape, names = token
    first = _placed(_ast.Constant(value=shape, kind=None), near)
    rest = [_placed(_ast.Name(id=name, ctx=_ast.Load()), near) for name in names]
    return _placed(_ast.Tuple(elts=[first, *rest], ctx=_ast.Load()), near)


def _none(near):
    return _placed(_ast.Constant(value=None, kind=None), near)


def _placed(node, near):
    node.lineno = node.end_lineno = near.lineno
    node.col_offset = node.end_col_offset = near.col_offset
    return node
