"""Statements in their order: what is checked once for several of them, and where a function may go on elsewhere."""

from __future__ import annotations

import _ast

from . import access_facts as facts
from . import access_templates as templates
from . import access_trees as trees
from . import nodes
from .access_expressions import Expressions

_SIMPLE = (_ast.Assign, _ast.AugAssign, _ast.AnnAssign, _ast.Expr, _ast.Return, _ast.Delete, _ast.Assert)


class _Region:
    """Straight-line statements in a row: which names were checked in it, with the numbers of their check."""

    def __init__(self) -> None:
        self.checked: dict[str, list] = {}


class Statements(Expressions):
    """Rewrites blocks."""

    def block(self, body: list) -> list:
        made: list = []
        outer, self.bound = self.bound, set(self.bound)
        was_asking, self.is_asking = self.is_asking, False
        region = _Region()
        for statement in body:
            kind = type(statement)
            if kind in trees.FUNCTIONS:
                region = _Region()
                self.header(statement)
                made.append(statement)
            elif kind in _SIMPLE and self.is_straight(statement):
                self.straight(statement, made, region)
            else:
                region = _Region()
                is_suspended = trees.suspends(statement)
                self.is_asking = is_suspended and trees.suspends_at_first(statement)
                self.statement(statement)
                self.is_asking = False
                made.append(statement)
                if is_suspended and kind is not _ast.Return:
                    made += self.resumed(statement.end_lineno or statement.lineno, statement.col_offset)
            self.bind(statement, region)
            if isinstance(statement, _ast.If) and facts.leaves(statement.body):
                self.guards = self.guards + self.last_test
        self.bound, self.is_asking = outer, was_asking
        return made

    def statement(self, node) -> None:
        kind = type(node)
        outer, self.path = self.path, (*self.path, node)
        if kind is _ast.Assign or (kind is _ast.AnnAssign and node.value is not None):
            self.assign(node, node.targets if kind is _ast.Assign else [node.target])
        elif kind is _ast.AugAssign:
            self.augment(node)
        elif kind is _ast.If or kind is _ast.While:
            self.conditional(node, kind)
        elif kind is _ast.For or kind is _ast.AsyncFor:
            if kind is _ast.For:
                node.iter = self.iterated(node.iter)
            else:
                node.iter = self.expression(node.iter)
            self.target(node.target, [], facts.UNKNOWN)
            self.facts.calls.append((node.lineno, node.col_offset))
            outer_bound, self.bound = self.bound, self.bound | (trees.target_names(node.target) & self.locals)
            node.body = self.body(node.body)
            self.bound = outer_bound
            node.orelse = self.body(node.orelse)
        elif kind is _ast.Try or kind.__name__ == "TryStar":
            self.attempt(node)
        elif kind is _ast.With or kind is _ast.AsyncWith:
            for item in node.items:
                item.context_expr = self.expression(item.context_expr)
                if item.optional_vars is not None:
                    self.target(item.optional_vars, [], facts.UNKNOWN)
            self.facts.calls.append((node.lineno, node.col_offset))
            node.body = self.body(node.body)
        elif kind is _ast.Delete:
            for target in node.targets:
                self.target(target, [], facts.UNKNOWN)
        elif kind.__name__ == "Match":
            node.subject = self.expression(node.subject)
            for case in node.cases:
                if case.guard is not None:
                    case.guard = self.expression(case.guard)
                case.body = self.body(case.body)
        elif kind is _ast.Assert:
            node.test = self.tested(node.test)
        elif kind not in (_ast.AnnAssign, _ast.Global, _ast.Nonlocal, _ast.Import, _ast.ImportFrom, _ast.Pass):
            for field in node._fields:
                value = getattr(node, field, None)
                if isinstance(value, _ast.AST):
                    setattr(node, field, self.expression(value))
        self.path = outer

    def straight(self, statement, made: list, region: _Region) -> None:
        """A statement in which nothing can come between: its checks of plain names stand before it, once for a region."""
        self.hoisted = {}
        self.statement(statement)
        hoisted, self.hoisted = self.hoisted, None
        line, column = statement.lineno, statement.col_offset
        checks: list = []
        for name, numbers in hoisted.items():
            known = region.checked.get(name)
            if known is not None:
                known += numbers
                continue
            region.checked[name] = numbers
            slot = self.module.slot(numbers)
            base = _ast.Name(id=name, ctx=_ast.Load())
            base.lineno = base.end_lineno = line
            base.col_offset = base.end_col_offset = column
            checks += [nodes.copy(each, line, column, slot, {"_base": base}) for each in templates.CHECK]
        if checks:
            whole = nodes.copy(templates.CHECKS[0], line, column)
            whole.body += checks
            whole.is_checks = True
            self.uses += 1
            made.append(whole)
        made.append(statement)

    def is_straight(self, statement) -> bool:
        stack = [statement]
        while stack:
            node = stack.pop()
            if isinstance(node, (_ast.Await, _ast.Yield, _ast.YieldFrom, _ast.Lambda, *trees.COMPREHENSIONS)):
                return False
            if isinstance(node, _ast.Call) and not trees.is_pure(node):
                return False
            stack += trees.children(node)
        return True

    def bind(self, statement, region: _Region) -> None:
        """Names that the statement binds are bound from here on; what was checked of them was another object's."""
        for name, is_bound in trees.bindings(statement):
            region.checked.pop(name, None)
            if is_bound and name in self.locals:
                self.bound.add(name)
            else:
                self.bound.discard(name)

    def resumed(self, line: int, column: int) -> list:
        """After a generator or coroutine was suspended: it may go on in another thread."""
        made = [nodes.copy(each, line, column) for each in templates.RESUMED]
        for each in made:
            each.is_refresh = True
        return made

    def body(self, body: list) -> list:
        """A block that is entered after the statement's first part, in which the function may have been suspended."""
        if not self.is_asking or not body:
            return self.block(body)
        return self.resumed(nodes.first_line(body[0]), body[0].col_offset) + self.block(body)

    def header(self, node) -> None:
        """Decorators, defaults and bases of a definition run here."""
        node.decorator_list = [self.expression(each) for each in node.decorator_list]

    def assign(self, node, targets: list) -> None:
        written = facts.kind_of_value(node.value)
        is_who = facts.tells_who_runs(node.value, self.facts.who_runs)
        uses = self.begin_uses()
        node.value = self.expression(node.value)
        self.end_uses()
        self.written_at = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        for target in targets:
            self.target(target, uses, written)
            if isinstance(target, _ast.Name):
                (self.facts.who_runs.add if is_who else self.facts.who_runs.discard)(target.id)
        names = [each.id for each in targets if isinstance(each, _ast.Name) and self.is_followed(each.id)]
        for name in names:
            number = self.site("name.write", name, name, node, self.base_flag(name), uses, written)
            node.value = self.named(number, node.value, name)
        self.written_at = None

    def augment(self, node) -> None:
        flags = facts.BY_VALUE | (facts.SWITCH if trees.switches(node.value) else 0)
        flags |= facts.AWAIT if trees.awaits(node.value) else 0
        uses = self.begin_uses()
        target = node.target
        if isinstance(target, _ast.Name):
            node.value = self.expression(node.value)
            self.end_uses()
            if self.is_followed(target.id):
                flags |= self.base_flag(target.id)
                number = self.site("name.update", target.id, target.id, node, flags, [], facts.EXPRESSION)
                node.value = self.named(number, node.value, target.id)
            return
        node.value = self.expression(node.value)
        self.end_uses()
        if isinstance(target, _ast.Attribute):
            self.attribute(target, "update", flags, uses, facts.EXPRESSION)
        elif isinstance(target, _ast.Subscript):
            self.subscript(target, "update", flags, uses, facts.EXPRESSION)

    def conditional(self, node, kind) -> None:
        asks_who = facts.asks_who_runs(node.test, self.facts.who_runs)
        uses = self.begin_uses()
        node.test = self.tested(node.test)
        self.end_uses()
        if asks_who:
            uses = []
        if kind is _ast.While:
            self.facts.calls.append((node.end_lineno or node.lineno, 0))
        guards, self.guards = self.guards, self.guards + uses
        node.body = self.body(node.body)
        node.orelse = self.body(node.orelse)
        self.guards = guards
        self.last_test = uses

    def attempt(self, node) -> None:
        uses = self.begin_uses()
        is_suspended = trees.suspends(node)
        node.body = self.block(node.body)
        self.end_uses()
        guards, self.guards = self.guards, self.guards + uses
        # An exception comes from where the function was suspended.
        self.is_asking = is_suspended
        for handler in node.handlers:
            if handler.type is not None:
                handler.type = self.expression(handler.type)
            handler.body = self.body(handler.body)
        node.orelse = self.body(node.orelse)
        self.guards = guards
        if node.body and facts.leaves(node.body):
            self.guards = self.guards + uses
        node.finalbody = self.body(node.finalbody)
