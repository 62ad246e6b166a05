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

import _ast

from . import access_facts as facts
from . import access_templates as templates
from . import access_trees as trees
from . import nodes
from .access_facts import key_text, text_of
from .span_code import is_left_alone

_OPERATORS = {"load": "read", "store": "write", "del": "delete", "update": "update"}
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
_READING_METHODS = frozenset(
    {
        "get", "items", "keys", "values", "index", "count", "copy", "union", "intersection", "difference", "issubset",
        "issuperset",
    }
)  # fmt: skip
# Methods of objects that are made for one thread at a time (see `accesses`), and of generators.
_METHODS_OF_CONFINED = frozenset(
    {
        "execute", "executemany", "executescript", "commit", "rollback", "cursor", "fetchone", "fetchmany", "fetchall",
        "read", "readline", "readlines", "write", "writelines", "seek", "tell", "truncate", "request", "getresponse",
        "post", "head", "patch", "send", "throw", "sendmail", "send_message", "retrbinary", "storbinary",
    }
)  # fmt: skip
_SIMPLE = (_ast.Assign, _ast.AugAssign, _ast.AnnAssign, _ast.Expr, _ast.Return, _ast.Delete, _ast.Assert)


class AccessInstrument:
    """Race mode: see the module."""

    def rewrite(self, functions: list, path: str, tree) -> list:
        """Changes the functions, and what the module itself runs, in place; returns the module's first statements."""
        module = _Module(tree)
        cells = trees.cells(functions)
        for scope in functions:
            if not is_left_alone(scope):
                _Rewriter(module, scope.node, scope, cells).rewrite()
        _Rewriter(module, tree, None, {}).rewrite()
        if not module.sites:
            return []
        table = tuple(tuple(slot) for slot in module.slots)
        made = {
            "_path": _constant(path),
            "_table": _constant((tuple(module.sites), table)),
        }
        return [nodes.copy(statement, 1, 0, names=made) for statement in nodes.template(templates.START)]


def _constant(value: object):
    return _ast.Constant(value=value, kind=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


class _Module:
    """What is known of a whole module: which attributes and names are stored to, and the sites found so far."""

    def __init__(self, tree) -> None:
        self.sites: list[tuple] = []
        self.slots: list[list] = []
        self.stored_attributes: set[str] = set()
        self.rebound: set[str] = set()
        stores: dict[str, int] = {}
        stack: list[tuple] = [(tree, "", None, False)]
        while stack:
            node, function, first, in_loop = stack.pop()
            if isinstance(node, (_ast.FunctionDef, _ast.AsyncFunctionDef)):
                arguments = node.args.args
                function, first = node.name, arguments[0].arg if arguments else None
                in_loop = False
            elif isinstance(node, (_ast.For, _ast.While, _ast.AsyncFor)):
                in_loop = True
            elif isinstance(node, _ast.Global):
                self.rebound.update(node.names)
            elif isinstance(node, _ast.Attribute) and isinstance(node.ctx, (_ast.Store, _ast.Del)):
                own = function in ("__init__", "__new__", "__post_init__", "__init_subclass__")
                if not (own and isinstance(node.value, _ast.Name) and node.value.id == first):
                    self.stored_attributes.add(node.attr)
            elif isinstance(node, _ast.Name) and isinstance(node.ctx, _ast.Store) and not function:
                stores[node.id] = stores.get(node.id, 0) + (2 if in_loop else 1)
            elif (
                isinstance(node, _ast.Call)
                and getattr(node.func, "id", "") in ("setattr", "delattr")
                and len(node.args) > 1
            ):
                name = node.args[1]
                if isinstance(name, _ast.Constant) and isinstance(name.value, str):
                    self.stored_attributes.add(name.value)
            stack += [(child, function, first, in_loop) for child in trees.children(node)]
        self.rebound.update(name for name, count in stores.items() if count > 1)
        self.rebound -= {name for name in self.rebound if name.startswith("__")}

    def site(self, row: tuple) -> int:
        self.sites.append(row)
        return len(self.sites) - 1

    def slot(self, numbers: list) -> int:
        self.slots.append(numbers)
        return len(self.slots) - 1


class _Region:
    """Straight-line statements in a row: which names were checked in it, with the numbers of their check."""

    def __init__(self) -> None:
        self.checked: dict[str, list] = {}


class _Rewriter:
    """Rewrites one function, or what a module runs itself."""

    def __init__(self, module: _Module, node, scope, cells: dict) -> None:
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

    # Statements

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

    # What values are made of

    def begin_uses(self) -> list:
        uses: list[int] = []
        self.fresh.append(uses)
        return uses

    def end_uses(self) -> None:
        self.fresh.pop()

    def used(self, number: int) -> None:
        for uses in self.fresh:
            uses.append(number)

    # Expressions

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

    def global_names(self) -> set:
        if self.scope is None:
            return self.declared_global
        return self.module.rebound - self.locals

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

    def is_followed(self, name: str) -> bool:
        return name in self.cells or name in self.global_names()

    def base_flag(self, name: str) -> int:
        return 0 if name in self.cells else facts.GLOBAL_BASE

    def named(self, number: int, node, name: str):
        slot = self.module.slot([number])
        if name in self.cells:
            owner = _ast.Name(id=self.cells[name], ctx=_ast.Load())
            owner.lineno = owner.end_lineno = node.lineno
            owner.col_offset = owner.end_col_offset = node.col_offset
            return self.spread(
                templates.CELL, node, slot, {"_base": node, "_plain": trees.plain(node), "_owner": owner}
            )
        return self.spread(templates.NAMED, node, slot, {"_base": node, "_plain": trees.plain(node)})

    def attribute(self, node, context: str, flags: int, uses: list, written: int):
        plain = trees.plain(node)
        base = node.value
        skip = self.is_skipped(node)
        node.value = self.expression(base)
        if skip:
            return node
        number = self.site(
            "attribute." + _OPERATORS[context], node.attr, text_of(plain), node, flags, uses, written, plain
        )
        node.value = self.based(number, node.value, plain.value)
        return node

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
            return self.field(node, owner, inner, "attribute." + _OPERATORS[context], flags, uses, written)
        if self.is_private(root):
            return node
        number = self.site(
            "item." + _OPERATORS[context], key_text(key), text_of(plain), node, flags, uses, written, plain
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

    # Sites

    def site(
        self, operation: str, field: str, text: str, node, flags: int, uses: list, written: int, plain=None
    ) -> int:
        line, column = node.lineno, node.col_offset
        if plain is not None and trees.root(plain) not in self.locals:
            flags |= facts.GLOBAL_BASE
        if self.in_test:
            flags |= facts.TEST
        variable = _variable_text(operation, plain, text)
        number = self.module.site(())
        related, more = -1, 0
        is_read = operation in facts.READS or (operation == "container.call" and field in _READING_METHODS)
        if is_read or operation.endswith(".read"):
            if operation == "item.read" and not self.is_caught:
                related, more = self.facts.relate(variable, (line, column), [], self.path, self.guards)
            self.facts.reads.append((variable, (line, column), number, self.path))
            self.used(number)
        else:
            related, more = self.facts.relate(variable, self.written_at or (line, column), uses, self.path, self.guards)
            if operation == "container.call" and field in ("pop", "popleft", "popitem", "setdefault"):
                self.used(number)
        row = [
            number,
            operation,
            field,
            text,
            flags | more,
            related,
            written,
            line,
            column,
            node.end_lineno or 0,
            node.end_col_offset or 0,
            self.name,
        ]
        self.rows.append(row)
        return number

    def based(self, number: int, made, plain, key=None):
        """The base of an access, with a check: before the statement, inline, or by a call.

        `key` is what a container is asked about; it is told where to look it up once more can do nothing.
        """
        if key is not None and self.is_at_hand(key) and not self.elsewhere and trees.can_repeat(plain):
            names = {"_base": made, "_plain": trees.plain(plain), "_key": key}
            if not isinstance(made, _ast.Name):
                return self.spread(templates.KEYED_CHAIN, plain, self.module.slot([number]), names)
            return self.typed(templates.KEYED_NAME, templates.TYPED_KEYED_NAME, number, plain, names)
        if self.elsewhere and not trees.can_repeat(plain):
            return made
        if isinstance(made, _ast.Name):
            if self.hoisted is not None and plain.id in self.bound:
                self.hoisted.setdefault(plain.id, []).append(number)
                return made
            if self.rows[-1][1].startswith("container."):
                return self.typed(templates.INLINE, templates.TYPED, number, plain, {"_base": plain})
            slot = self.module.slot([number])
            return self.spread(templates.INLINE, plain, slot, {"_base": plain})
        slot = self.module.slot([number])
        if trees.can_repeat(plain):
            # Not where another thread may use the same name.
            is_own = self.scope is not None and not self.is_asking and not self.in_iterable
            is_truth = is_own and self.rows[-1][1] == "container.truth"
            template = templates.TRUTH if is_truth else templates.CALLED
            return self.spread(template, plain, slot, {"_base": made, "_plain": trees.plain(plain)})
        return self.spread(templates.CALLED_ONLY, plain, slot, {"_base": made})

    def typed(self, template, template_with_type, number: int, plain, names: dict):
        """The base of an access to a container: in the next slot is the type that is none and was last seen here."""
        slot = self.module.slot([number])
        if not templates.KNOWS_TYPES:
            return self.spread(template, plain, slot, names)
        after = _constant(self.module.slot([]))
        return self.spread(template_with_type, plain, slot, {**names, "_next": after})

    def is_at_hand(self, key) -> bool:
        return isinstance(key, _ast.Constant) or (isinstance(key, _ast.Name) and key.id in self.bound)

    def spread(self, template, found, number: int, names: dict):
        line, column = found.lineno, found.col_offset
        way = again = templates.CACHED
        if self.is_asking:
            way = again = templates.ASKED
        elif self.elsewhere or self.in_iterable:
            way = again = templates.HELD
        else:
            again = templates.CACHED_AGAIN
        if not self.is_asking:
            self.uses += 1
        ways = {"_slots": nodes.copy(way, line, column), "_again": nodes.copy(again, line, column)}
        return nodes.copy(template, line, column, number, {**names, **ways})


def _variable_text(operation: str, plain, text: str) -> str:
    """What an access is about, so that a test of a container and a change of it are about the same."""
    if operation.startswith("item.") and plain is not None:
        return text_of(plain.value)
    if operation.startswith("attribute."):
        return "." + text
    return text
