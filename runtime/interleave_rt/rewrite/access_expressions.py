"""Accesses in expressions."""

from __future__ import annotations

import _ast

from . import access_facts as facts
from . import access_trees as trees
from .access_checks import OPERATORS
from .access_containers import Containers
from .access_facts import text_of


class Expressions(Containers):
    """Rewrites expressions, and what is assigned to."""

    def expression(self, node):
        if not isinstance(node, _ast.AST):
            return node
        kind = type(node)
        if kind is _ast.Name:
            return self.name_load(node)
        if kind is _ast.Attribute:
            return self.attribute(node, "load", 0, [], facts.UNKNOWN)
        if kind is _ast.Subscript:
            return self.subscript(node, "load", 0, [], facts.UNKNOWN)
        if kind is _ast.Call:
            return self.call(node)
        if kind is _ast.Compare:
            return self.compare(node)
        if kind is _ast.IfExp:
            node.test = self.tested(node.test)
            node.body, node.orelse = self.expression(node.body), self.expression(node.orelse)
            return node
        if kind is _ast.BoolOp or (kind is _ast.UnaryOp and isinstance(node.op, _ast.Not)):
            return self.tested(node)
        if kind in (_ast.Await, _ast.Yield, _ast.YieldFrom):
            self.children(node)
            self.facts.calls.append((node.lineno, node.col_offset))
            self.facts.awaits.append((node.lineno, node.col_offset))
            return node
        if kind is _ast.Lambda:
            self.apart(node, {each.arg for each in trees.arguments(node.args)})
            return node
        if kind in trees.COMPREHENSIONS:
            return self.comprehension(node)
        if kind.__name__ == "NamedExpr":
            node.value = self.expression(node.value)
            return node
        if kind.__name__ in ("JoinedStr", "FormattedValue", "TemplateStr", "Interpolation"):
            return node
        self.children(node)
        return node

    def tested(self, node):
        """A condition: its reads are tests, and containers tell that they are looked at."""
        if isinstance(node, _ast.BoolOp):
            node.values = [self.tested(each) for each in node.values]
            return node
        if isinstance(node, _ast.UnaryOp) and isinstance(node.op, _ast.Not):
            node.operand = self.tested(node.operand)
            return node
        is_plain = isinstance(node, (_ast.Name, _ast.Attribute)) and text_of(node)
        self.in_test += 1
        made = self.container(node, "container.truth", "", facts.TEST) if is_plain else self.expression(node)
        self.in_test -= 1
        return made

    def children(self, node) -> None:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                setattr(node, field, [self.expression(each) for each in value])
            elif isinstance(value, _ast.AST):
                setattr(node, field, self.expression(value))

    def comprehension(self, node):
        first = node.generators[0]
        self.in_iterable += 1
        first.iter = self.iterated(first.iter)
        self.in_iterable -= 1
        names: set[str] = set()
        for generator in node.generators:
            names |= trees.target_names(generator.target)
        self.apart(node, names)
        return node

    def apart(self, node, names: set) -> None:
        """The rest of a comprehension or a lambda, which binds these names: it may run in another thread."""
        outer_locals, outer_hoisted, outer_names = self.locals, self.hoisted, self.facts.names
        was_asking = self.is_asking
        self.locals, self.hoisted, self.facts.names = self.locals | names, None, {}
        self.elsewhere += 1
        self.is_asking = was_asking or isinstance(node, (_ast.Lambda, _ast.GeneratorExp))
        if isinstance(node, _ast.Lambda):
            node.body = self.expression(node.body)
        else:
            for number, generator in enumerate(node.generators):
                if number:
                    generator.iter = self.iterated(generator.iter)
                generator.ifs = [self.tested(each) for each in generator.ifs]
            for field in ("elt", "key", "value"):
                if getattr(node, field, None) is not None:
                    setattr(node, field, self.expression(getattr(node, field)))
        self.elsewhere -= 1
        self.is_asking = was_asking
        self.locals, self.hoisted, self.facts.names = outer_locals, outer_hoisted, outer_names

    def name_load(self, node):
        name = node.id
        known = self.facts.names.get(name)
        if known:
            for number in known:
                self.used(number)
        if not self.is_followed(name) or not isinstance(node.ctx, _ast.Load) or self.elsewhere:
            return node
        number = self.site("name.read", name, name, node, self.base_flag(name), [], facts.UNKNOWN)
        return self.named(number, node, name)

    def attribute(self, node, context: str, flags: int, uses: list, written: int):
        plain = trees.plain(node)
        base = node.value
        skip = self.is_skipped(node)
        node.value = self.expression(base)
        if skip:
            return node
        number = self.site(
            "attribute." + OPERATORS[context], node.attr, text_of(plain), node, flags, uses, written, plain
        )
        node.value = self.based(number, node.value, plain.value)
        return node

    def target(self, node, uses: list, written: int) -> None:
        """What is stored to or deleted."""
        if isinstance(node, _ast.Attribute):
            context = "del" if isinstance(node.ctx, _ast.Del) else "store"
            self.attribute(node, context, 0, uses, written)
        elif isinstance(node, _ast.Subscript):
            context = "del" if isinstance(node.ctx, _ast.Del) else "store"
            self.subscript(node, context, 0, uses, written)
        elif isinstance(node, (_ast.Tuple, _ast.List)):
            for each in node.elts:
                self.target(each, uses, facts.EXPRESSION)
        elif isinstance(node, _ast.Starred):
            self.target(node.value, uses, facts.EXPRESSION)
        elif isinstance(node, _ast.Name):
            self.facts.names[node.id] = list(uses)
