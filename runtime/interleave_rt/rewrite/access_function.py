"""What is known of the function that race mode rewrites, at the place where it is at work."""

from __future__ import annotations

import _ast

from . import access_facts as facts
from . import access_trees as trees
from .access_stores import ModuleStores


class RewrittenFunction:
    """One function, or what a module runs itself: its names, and what surrounds the place that is rewritten."""

    def __init__(self, module: ModuleStores, node, scope, cells: dict) -> None:
        self.module = module
        self.node = node
        self.scope = scope
        self.name = scope.qualified_name if scope is not None else "<module>"
        self.facts = facts.Function()
        self.path: tuple = ()
        self.guards: list[int] = []
        self.fresh: list[list] = []
        self.rows: list[list] = []
        """Sites of this function, as lists, finished at its end: their relations are known only then."""
        self.owned = ""
        self.elsewhere = 0
        """Depth of lambdas and comprehensions."""
        self.is_asking = False
        """Whether what is rewritten may run in another thread than the function began in."""
        self.in_iterable = 0
        """Depth of iterables of comprehensions, in which no name may be bound."""
        self.uses = 0
        """How often the function's slots are looked at."""
        self.parameters: set[str] = set()
        self.private: set[str] = set()
        self.bound: set[str] = set()
        """Local names that certainly have a value here."""
        self.declared_global: set[str] = set()
        self.hoisted: dict[str, list] | None = None
        """Checks of the statement that is being rewritten which may stand before it."""
        self.last_test: list[int] = []
        self.is_caught = False
        """Whether a `try` around here goes on when an item is missing."""
        self.written_at: tuple | None = None
        """The end of an assignment, while its targets are looked at: they are written after all of it was evaluated."""
        self.in_test = 0
        self.locals: set[str] = set()
        self.self_name = None
        self.cells: dict[str, str] = {}
        """Names of this or an enclosing function that an inner one rebinds -> the name that stands for their owner's call."""
        if scope is None:
            self.declared_global = set(module.rebound)
        else:
            self._read_scope(node)
            self._read_cells(scope, cells)

    def _read_scope(self, node) -> None:
        arguments = node.args
        self.parameters = {each.arg for each in trees.arguments(arguments)}
        stack = list(node.body)
        nonlocals: set[str] = set()
        while stack:
            each = stack.pop()
            if isinstance(each, _ast.Global):
                self.declared_global.update(each.names)
            elif isinstance(each, _ast.Nonlocal):
                nonlocals.update(each.names)
            elif isinstance(each, _ast.Name) and isinstance(each.ctx, (_ast.Store, _ast.Del)):
                self.locals.add(each.id)
            elif isinstance(each, (_ast.Import, _ast.ImportFrom)):
                self.locals.update((alias.asname or alias.name).split(".")[0] for alias in each.names)
            elif isinstance(each, _ast.ExceptHandler) and each.name:
                self.locals.add(each.name)
            if isinstance(each, trees.FUNCTIONS):
                self.locals.add(each.name)
                continue
            if not isinstance(each, (_ast.Lambda, *trees.COMPREHENSIONS)):
                stack += trees.children(each)
        self.locals |= self.parameters
        self.bound = set(self.parameters)
        self.locals -= self.declared_global | nonlocals
        if node.name in ("__init__", "__new__", "__post_init__") and arguments.args:
            self.self_name = arguments.args[0].arg

    def _read_cells(self, scope, cells: dict) -> None:
        owner = scope
        while owner is not None:
            for name in cells.get(id(owner), ()):
                if owner is scope or name not in self.locals:
                    self.cells.setdefault(name, "_interleave_cells_%d" % owner.node.lineno)
            owner = owner.outer
        self.owned = "_interleave_cells_%d" % scope.node.lineno if id(scope) in cells else ""

    def global_names(self) -> set:
        if self.scope is None:
            return self.declared_global
        return self.module.rebound - self.locals

    def is_followed(self, name: str) -> bool:
        return name in self.cells or name in self.global_names()

    def base_flag(self, name: str) -> int:
        return 0 if name in self.cells else facts.GLOBAL_BASE

    def is_private(self, root: str) -> bool:
        """Whether what begins with this name is nobody else's: `self` in a constructor, a container that stays here."""
        return root in ("", self.self_name) or root in self.private

    def is_skipped(self, node) -> bool:
        if node.attr.startswith("__") and node.attr.endswith("__"):
            return True
        root = trees.root(node)
        if self.self_name is not None and root == self.self_name:
            return True
        return node.attr not in self.module.stored_attributes

    def is_at_hand(self, key) -> bool:
        return isinstance(key, _ast.Constant) or (isinstance(key, _ast.Name) and key.id in self.bound)

    def begin_uses(self) -> list:
        uses: list[int] = []
        self.fresh.append(uses)
        return uses

    def end_uses(self) -> None:
        self.fresh.pop()

    def used(self, number: int) -> None:
        for uses in self.fresh:
            uses.append(number)
