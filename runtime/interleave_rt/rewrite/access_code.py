"""Rewrites functions so that they tell which variables they read and write, when more than one thread could.

    self.total += count          (self if … else _interleave_see(_interleave_t, 7, self)).total += count

Each place has a number in its module; the thread has a set of the ids of the objects that it saw there since its
last synchronisation. Only for another one the recorder is called (`accesses`). While one thread lives `_interleave_on`
is false and nothing else happens.

Straight-line statements without calls are checked once for each base that is a parameter or a name bound before: nothing
can come between. Everything else is checked at the very place, so that nothing is told before it happens. Not followed:
attributes that nobody stores to but a constructor, names that nobody rebinds, `self` in `__init__`, containers that stay in
their function, and code that an instrument leaves alone. In lambdas and comprehensions only accesses by way of plain names
and attributes are.
"""

from __future__ import annotations

from . import access_templates as templates
from . import access_trees as trees
from . import nodes
from .access_checks import constant
from .access_statements import Statements
from .access_stores import ModuleStores
from .span_code import is_left_alone


class AccessInstrument:
    """Race mode: see the module."""

    def rewrite(self, functions: list, path: str, tree) -> list:
        """Changes the functions, and what the module itself runs, in place; returns the module's first statements."""
        module = ModuleStores(tree)
        cells = trees.cells(functions)
        for scope in functions:
            if not is_left_alone(scope):
                _Rewriter(module, scope.node, scope, cells).rewrite()
        _Rewriter(module, tree, None, {}).rewrite()
        if not module.sites:
            return []
        table = tuple(tuple(slot) for slot in module.slots)
        made = {
            "_path": constant(path),
            "_table": constant((tuple(module.sites), table)),
        }
        return [nodes.copy(statement, 1, 0, names=made) for statement in nodes.template(templates.START)]


class _Rewriter(Statements):
    """Rewrites one function, or what a module runs itself."""

    def rewrite(self) -> None:
        self.private = (
            trees.private_containers(self.node, self.locals - self.parameters) if self.scope is not None else set()
        )
        before = len(self.module.sites)
        body = self.node.body
        start = 0
        if self.scope is not None:
            while start < len(body) and (nodes.makes_no_code(body[start])):
                start += 1
        made = self.block(body[start:])
        if len(self.module.sites) == before and not self.owned:
            # Nothing to tell; what was put in so far is what keeps up with other threads.
            trees.remove_refreshes(self.node)
            return
        if self.scope is not None and made:
            made = self.prologue(made) + made
        self.node.body = body[:start] + made
        for row in self.rows:
            self.module.sites[row[0]] = tuple(row[1:])

    def prologue(self, made: list) -> list:
        """What the function begins with; takes the first checks away when it begins with them."""
        first = made[0]
        line, column = nodes.first_line(first), first.col_offset
        begin: list = []
        uses = self.uses
        is_checked = getattr(first, "is_checks", False)
        if is_checked:
            del made[0]
            uses -= 1
        if is_checked or uses:
            start = nodes.copy(templates.PROLOGUE[0], line, column)
            if is_checked:
                start.body += first.body[1:]
            if not uses:
                start.orelse = []
            begin.append(start)
        if not uses:
            trees.remove_refreshes(self.node, made)
        if self.owned:
            begin += [nodes.copy(each, line, column) for each in templates.OWNED]
            begin[-1].targets[0].id = self.owned
        return begin
