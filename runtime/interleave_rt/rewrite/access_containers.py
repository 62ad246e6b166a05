"""Accesses to what containers hold, and calls: of their methods, of functions that go through them or name attributes."""

from __future__ import annotations

import _ast

from . import access_facts as facts
from . import access_templates as templates
from . import access_trees as trees
from .access_checks import OPERATORS, Checks
from .access_facts import key_text, text_of

_ITERATING = frozenset(
    {"list", "tuple", "set", "sorted", "sum", "min", "max", "any", "all", "frozenset", "dict", "enumerate"}
)
# They show all that their arguments contain.
_SHOWING = frozenset({"print", "str", "repr"})
# Functions that access an attribute whose name they are given.
_BY_NAME = {"getattr": "read", "hasattr": "read", "setattr": "write", "delattr": "delete"}
# Methods of the built-in containers.
_METHODS = frozenset(
    {
        "append", "extend", "insert", "remove", "pop", "clear", "index", "count", "sort", "reverse", "copy", "get", "items",
        "keys", "values", "popitem", "setdefault", "update", "add", "discard", "union", "intersection", "difference",
        "appendleft", "extendleft", "popleft", "rotate", "issubset", "issuperset", "intersection_update",
        "difference_update", "symmetric_difference_update",
    }
)  # fmt: skip
# Those whose first argument is a key of a dict or an item of a set.
_KEYED_METHODS = frozenset({"get", "pop", "setdefault", "add", "discard", "remove"})
# Methods of objects that are made for one thread at a time (see `accesses`), and of generators.
_METHODS_OF_CONFINED = frozenset(
    {
        "execute", "executemany", "executescript", "commit", "rollback", "cursor", "fetchone", "fetchmany", "fetchall",
        "read", "readline", "readlines", "write", "writelines", "seek", "tell", "truncate", "request", "getresponse",
        "post", "head", "patch", "send", "throw", "sendmail", "send_message", "retrbinary", "storbinary",
    }
)  # fmt: skip


class Containers(Checks):
    """Rewrites subscripts, calls, and what is iterated or searched."""

    def expression(self, node):
        """The expression with its accesses told."""
        raise NotImplementedError

    def subscript(self, node, context: str, flags: int, uses: list, written: int):
        plain = trees.plain(node)
        root = trees.root(node)
        node.value = self.expression(node.value)
        key = node.slice
        has_slice = isinstance(key, _ast.Slice) or type(key).__name__ == "ExtSlice"
        inner = key.value if type(key).__name__ == "Index" else key
        if not has_slice:
            inner = self.expression(inner)
            trees.set_key(node, inner)
        owner = trees.whose_fields(plain.value)
        if owner is not None and not has_slice and not self.elsewhere:
            return self.field(node, owner, inner, "attribute." + OPERATORS[context], flags, uses, written)
        if self.is_private(root):
            return node
        number = self.site(
            "item." + OPERATORS[context], key_text(key), text_of(plain), node, flags, uses, written, plain
        )
        base = plain.value
        if isinstance(base, _ast.Name) and not has_slice and not self.elsewhere and base.id in self.locals:
            slot = self.module.slot([number])
            plain_key = trees.plain(plain.slice.value if type(plain.slice).__name__ == "Index" else plain.slice)
            if trees.can_repeat(plain_key):
                made = self.spread(
                    templates.KEYED, node, slot, {"_plain": plain_key, "_base": trees.plain(base), "_key": inner}
                )
                trees.set_key(node, made)
                return node
            self.module.slots.pop()
        elif not has_slice and not self.elsewhere and trees.can_repeat(base):
            return self.keyed_chain(node, plain, inner, self.module.slot([number]))
        node.value = self.based(number, node.value, base)
        return node

    def field(self, node, owner, key, operation: str, flags: int, uses: list, written: int):
        """`thing.__dict__[name]`, `vars(thing)[name]`: an attribute of the thing."""
        if not self.is_private(trees.root(owner)):
            text = "%s.%s" % (text_of(owner), facts.shape_of(trees.plain(key)))
            number = self.site(operation, "", text, node, flags, uses, written, owner)
            slot = self.module.slot([number])
            trees.set_key(node, self.spread(templates.FIELD, node, slot, {"_base": owner, "_key": key}))
        return node

    def keyed_chain(self, node, plain, key, slot: int):
        """`self.items[key]`: the container is kept until its key is known, which is evaluated after it."""
        plain_key = trees.plain(plain.slice.value if type(plain.slice).__name__ == "Index" else plain.slice)
        if self.is_at_hand(plain_key):
            names = {"_base": node.value, "_plain": trees.plain(plain.value), "_key": plain_key}
            node.value = self.spread(templates.KEYED_BASE, plain.value, slot, names)
            return node
        node.value = self.spread(
            templates.KEPT, plain.value, slot, {"_base": node.value, "_plain": trees.plain(plain.value)}
        )
        template, names = (
            (templates.KEY, {"_key": key, "_plain": plain_key})
            if trees.can_repeat(plain_key)
            else (templates.KEY_ONLY, {"_key": key})
        )
        trees.set_key(node, self.spread(template, plain_key, slot, names))
        return node

    def container(self, node, operation: str, field: str, flags: int, key=None):
        """An expression whose value is used as a container: the expression, with that told, and the key asked for."""
        plain = trees.plain(node)
        text = text_of(plain)
        made = self.expression(node)
        root = trees.root(plain)
        if self.is_private(root) or trees.is_called(plain):
            return made
        number = self.site(operation, field, text, node, flags, [], facts.UNKNOWN, plain)
        return self.based(number, made, plain, key)

    def iterated(self, node, by: str = ""):
        """An iterable: `d`, `d.items()`; `by` is the function that goes through it in one call."""
        if (
            isinstance(node, _ast.Call)
            and isinstance(node.func, _ast.Attribute)
            and node.func.attr in ("items", "keys", "values")
        ):
            node.func.value = self.container(node.func.value, "container.iterate", by or node.func.attr, 0)
            self.facts.calls.append((node.lineno, node.col_offset))
            return node
        if isinstance(node, (_ast.Name, _ast.Attribute, _ast.Subscript)):
            return self.container(node, "container.iterate", by, 0)
        return self.expression(node)

    def compare(self, node):
        operators = node.ops
        left = node.left
        node.left = self.expression(left)
        made = []
        for operator, each in zip(operators, node.comparators):
            if isinstance(operator, (_ast.In, _ast.NotIn)) and isinstance(each, (_ast.Name, _ast.Attribute)):
                key = trees.plain(left) if len(operators) == 1 else None
                made.append(self.container(each, "container.contains", "", facts.TEST if self.in_test else 0, key))
            else:
                made.append(self.expression(each))
        node.comparators = made
        return node

    def call(self, node):
        function = node.func
        name = getattr(function, "id", "")
        if isinstance(function, _ast.Attribute) and function.attr in _METHODS and trees.root(function) != "":
            operation = "container.call"
            plain = trees.plain(function.value)
            function.value = self.expression(function.value)
            root = trees.root(plain)
            arguments = [self.expression(each) for each in node.args]
            node.args = arguments
            node.keywords = [self.keyword(each) for each in node.keywords]
            if not self.is_private(root) and not trees.is_called(plain):
                number = self.site(
                    operation,
                    function.attr,
                    text_of(plain),
                    node,
                    (facts.TEST if self.in_test else 0) | (facts.SWITCH if trees.sorts_by_function(node) else 0),
                    [],
                    facts.UNKNOWN,
                    plain,
                )
                key = trees.plain(arguments[0]) if arguments and function.attr in _KEYED_METHODS else None
                function.value = self.based(number, function.value, plain, key)
        elif (
            isinstance(function, _ast.Attribute)
            and function.attr in _METHODS_OF_CONFINED
            and isinstance(function.value, (_ast.Name, _ast.Attribute))
        ):
            function.value = self.container(function.value, "object.call", function.attr, 0)
            node.args = [self.expression(each) for each in node.args]
            node.keywords = [self.keyword(each) for each in node.keywords]
        elif name == "next" and node.args and isinstance(node.args[0], (_ast.Name, _ast.Attribute)):
            node.args = [
                self.container(node.args[0], "iterator.advance", "", 0),
                *[self.expression(each) for each in node.args[1:]],
            ]
        elif name in ("len",) and len(node.args) == 1 and isinstance(node.args[0], (_ast.Name, _ast.Attribute)):
            node.args = [self.container(node.args[0], "container.length", "", facts.TEST if self.in_test else 0)]
        elif name in _ITERATING and len(node.args) >= 1:
            by = "" if name == "enumerate" else name
            node.args = [self.iterated(node.args[0], by), *[self.expression(each) for each in node.args[1:]]]
            node.keywords = [self.keyword(each) for each in node.keywords]
        elif name in _BY_NAME and not self.elsewhere and trees.are_plain_arguments(node):
            self.by_name(node, _BY_NAME[name])
        elif name in _SHOWING:
            node.args = [self.shown(each, name) for each in node.args]
            node.keywords = [self.keyword(each) for each in node.keywords]
        else:
            if isinstance(function, _ast.Attribute) and function.attr not in self.module.stored_attributes:
                function.value = self.expression(function.value)
            else:
                node.func = self.expression(function)
            node.args = [self.expression(each) for each in node.args]
            node.keywords = [self.keyword(each) for each in node.keywords]
        self.facts.calls.append((node.lineno, node.col_offset))
        return node

    def by_name(self, node, operation: str) -> None:
        """`setattr(thing, name, value)` and the like: the arguments are looked at when all of them are known."""
        plain = [trees.plain(each) for each in node.args]
        uses = self.begin_uses()
        node.args = [self.expression(each) for each in node.args]
        self.end_uses()
        if self.is_private(trees.root(plain[0])):
            return
        base = text_of(plain[0])
        text = "%s.%s" % (base, facts.shape_of(plain[1]))
        self.written_at = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        number = self.site("attribute." + operation, "", text, node, 0, uses, facts.EXPRESSION, plain[0])
        self.written_at = None
        names = {"_values": trees.tuple_of(node.args, node), "_plain": trees.tuple_of(plain, node)}
        given = self.spread(templates.BY_NAME, node, self.module.slot([number]), names)
        node.args = [trees.located(_ast.Starred(value=given, ctx=_ast.Load()), node)]

    def shown(self, node, by: str):
        """An argument of what shows it whole."""
        return self.iterated(node, by) if isinstance(node, (_ast.Name, _ast.Attribute)) else self.expression(node)

    def keyword(self, node):
        node.value = self.expression(node.value)
        return node
