"""Questions about trees that race mode asks: which names a function binds, what runs code of others, what stays private."""

from __future__ import annotations

import _ast
import sys

from .span_code import is_left_alone

# Calls that end no section and run no code of the user's.
PURE = frozenset(
    {
        "len", "range", "abs", "min", "max", "int", "float", "str", "isinstance", "sum", "sorted", "enumerate", "zip",
        "tuple", "list", "dict", "set", "ord", "chr", "bool", "round", "divmod", "any", "all", "id", "hash", "reversed",
        "repr", "frozenset", "bytes", "type",
    }
)  # fmt: skip
FUNCTIONS = (_ast.FunctionDef, _ast.AsyncFunctionDef, _ast.ClassDef)
COMPREHENSIONS = (_ast.ListComp, _ast.SetComp, _ast.DictComp, _ast.GeneratorExp)
SWITCHES = (_ast.Call, _ast.Await, _ast.Yield, _ast.YieldFrom)


def children(node) -> list:
    children: list = []
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            children += [each for each in value if isinstance(each, _ast.AST)]
        elif isinstance(value, _ast.AST):
            children.append(value)
    return children


MAKERS = frozenset({"list", "dict", "set", "defaultdict", "deque", "Counter", "sorted", "bytearray"})


def private_containers(function, names: set) -> set:
    """Local names that only ever hold containers made here which go nowhere else before the function returns them."""
    made: set[str] = set()
    gone: set[str] = set()
    stack: list[tuple] = [(each, function, "body") for each in function.body]
    while stack:
        node, parent, field = stack.pop()
        if isinstance(node, _ast.Name) and node.id in names:
            if not isinstance(node.ctx, _ast.Load):
                (made if makes_container(node, parent) else gone).add(node.id)
            elif not stays(node, parent, field):
                gone.add(node.id)
        if isinstance(node, (*FUNCTIONS, _ast.Lambda, _ast.GeneratorExp)):
            gone |= names_in(node)
            continue
        for name in node._fields:
            value = getattr(node, name, None)
            children = value if isinstance(value, list) else [value]
            stack += [(child, node, name) for child in children if isinstance(child, _ast.AST)]
    return made - gone


def makes_container(node, parent) -> bool:
    if isinstance(parent, _ast.AugAssign):
        return True
    value = getattr(parent, "value", None)
    if not isinstance(parent, (_ast.Assign, _ast.AnnAssign)) or value is None:
        return False
    if isinstance(parent, _ast.Assign) and len(parent.targets) > 1:
        return False
    if isinstance(value, _ast.Call):
        return getattr(value.func, "id", "") in MAKERS
    return isinstance(value, (_ast.List, _ast.Dict, _ast.Set, _ast.ListComp, _ast.DictComp, _ast.SetComp))


def stays(node, parent, field: str) -> bool:
    """Whether this use of a name hands the object to nobody."""
    if isinstance(parent, _ast.Subscript):
        return field == "value"
    if isinstance(parent, _ast.Call):
        return getattr(parent.func, "id", "") in PURE
    if isinstance(parent, (_ast.For, _ast.comprehension)):
        return field == "iter"
    return isinstance(
        parent, (_ast.Attribute, _ast.Compare, _ast.If, _ast.While, _ast.BoolOp, _ast.UnaryOp, _ast.Return)
    )


def sorts_by_function(call) -> bool:
    """Whether this is a `sort` that calls a function, of the user's own as it seems, for each item."""
    keys = [each.value for each in call.keywords if each.arg == "key"]
    return getattr(call.func, "attr", "") == "sort" and any(
        isinstance(key, _ast.Lambda) or (isinstance(key, _ast.Name) and key.id not in PURE) for key in keys
    )


def names_in(node) -> set:
    stack, names = [node], set()
    while stack:
        each = stack.pop()
        if isinstance(each, _ast.Name):
            names.add(each.id)
        stack += children(each)
    return names


def cells(functions: list) -> dict:
    """id of a function's scope -> its names that an inner function rebinds (`nonlocal`)."""
    found: dict[int, set] = {}
    stored = {id(scope): stored_names(scope.node) for scope in functions}
    for scope in functions:
        for name in nonlocals(scope.node):
            owner = scope.outer
            while owner is not None and not (id(owner) in stored and name in stored[id(owner)]):
                owner = owner.outer
            if owner is not None and not is_left_alone(owner):
                found.setdefault(id(owner), set()).add(name)
    return found


def nonlocals(function) -> set:
    return {name for node in own_nodes(function) if isinstance(node, _ast.Nonlocal) for name in node.names}


def stored_names(function) -> set:
    names = {each.arg for each in arguments(function.args)}
    for node in own_nodes(function):
        if isinstance(node, _ast.Name) and not isinstance(node.ctx, _ast.Load):
            names.add(node.id)
    return names - nonlocals(function)


def own_nodes(function) -> list:
    """All nodes of a function's body but those of the functions and classes in it."""
    found: list = []
    stack = list(function.body)
    while stack:
        node = stack.pop()
        found.append(node)
        if not isinstance(node, (*FUNCTIONS, _ast.Lambda)):
            stack += children(node)
    return found


def arguments(arguments) -> list:
    found = [*getattr(arguments, "posonlyargs", []), *arguments.args, *arguments.kwonlyargs]
    return found + [each for each in (arguments.vararg, arguments.kwarg) if each is not None]


def target_names(target) -> set:
    stack, names = [target], set()
    while stack:
        each = stack.pop()
        if isinstance(each, _ast.Name):
            names.add(each.id)
        elif isinstance(each, (_ast.Tuple, _ast.List, _ast.Starred)):
            stack += children(each)
    return names


def bindings(statement) -> list:
    """(name, whether it certainly has a value afterwards) of all names that a statement binds or deletes."""
    found: list[tuple] = []
    if isinstance(statement, (_ast.Assign, _ast.AugAssign, _ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, _ast.Assign) else [statement.target]
        has_value = getattr(statement, "value", None) is not None
        found = [(name, has_value) for target in targets for name in target_names(target)]
    elif isinstance(statement, FUNCTIONS):
        return [(statement.name, True)]
    stack = [statement]
    while stack:
        each = stack.pop()
        if isinstance(each, _ast.Name) and not isinstance(each.ctx, _ast.Load) and each.id not in dict(found):
            found.append((each.id, False))
        elif isinstance(each, _ast.ExceptHandler) and each.name:
            found.append((each.name, False))
        stack += [child for child in children(each) if not isinstance(child, FUNCTIONS)]
    return found


def root(node) -> str:
    """The name with which an expression begins; '' when it begins with something else."""
    while isinstance(node, (_ast.Attribute, _ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, _ast.Name) else ""


def remove_refreshes(node, body=()) -> None:
    """Takes out what follows a suspension, in a function or in what is to be its body."""
    stack = [node, *body]
    if body:
        body[:] = [one for one in body if not getattr(one, "is_refresh", False)]
    while stack:
        each = stack.pop()
        for field in each._fields:
            value = getattr(each, field, None)
            if isinstance(value, list):
                kept = [one for one in value if not getattr(one, "is_refresh", False)]
                if len(kept) < len(value):
                    value[:] = kept
                stack += [one for one in kept if isinstance(one, _ast.AST) and not isinstance(one, FUNCTIONS)]
            elif isinstance(value, _ast.AST):
                stack.append(value)


def is_called(node) -> bool:
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, (_ast.Call, _ast.Await, _ast.Yield)):
            return True
        stack += children(each)
    return False


def is_pure(call) -> bool:
    return isinstance(call.func, _ast.Name) and call.func.id in PURE


def switches(node) -> bool:
    stack = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, SWITCHES):
            return True
        if not isinstance(each, (_ast.Lambda, *FUNCTIONS)):
            stack += children(each)
    return False


def suspends(node) -> bool:
    """Whether a generator or coroutine may be suspended in a statement."""
    return _is_suspended([node])


def suspends_at_first(statement) -> bool:
    """The same of a statement without the blocks in it."""
    if isinstance(statement, (_ast.AsyncFor, _ast.AsyncWith)):
        return True
    blocks = [statement.__dict__.get(name, []) for name in ("body", "orelse", "finalbody", "handlers", "cases")]
    within = {id(each) for block in blocks if isinstance(block, list) for each in block}
    return _is_suspended([child for child in children(statement) if id(child) not in within])


def _is_suspended(stack: list) -> bool:
    while stack:
        each = stack.pop()
        if isinstance(each, (_ast.Await, _ast.Yield, _ast.YieldFrom, _ast.AsyncFor, _ast.AsyncWith)):
            return True
        if isinstance(each, _ast.comprehension) and each.is_async:
            return True
        if not isinstance(each, (*FUNCTIONS, _ast.Lambda)):
            stack += children(each)
    return False


def awaits(node) -> bool:
    return any(isinstance(each, _ast.Await) for each in walk(node))


def are_plain_arguments(call) -> bool:
    """Whether a call has two or three arguments by position, whose text may stand twice."""
    if call.keywords or not 2 <= len(call.args) <= 3:
        return False
    return not any(isinstance(each, _ONCE) for argument in call.args for each in walk(argument))


_ONCE = (
    _ast.Starred, _ast.Await, _ast.Yield, _ast.YieldFrom, _ast.NamedExpr, _ast.Lambda, _ast.ListComp, _ast.SetComp,
    _ast.DictComp, _ast.GeneratorExp,
)  # fmt: skip


def walk(node):
    """An expression and all in it, but for what lambdas do."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        if not isinstance(each, (_ast.Lambda, *FUNCTIONS)):
            stack += children(each)


def whose_fields(node):
    """`thing` of `thing.__dict__` and `vars(thing)`, where its text may stand twice; None for anything else."""
    owner = None
    if isinstance(node, _ast.Attribute) and node.attr == "__dict__":
        owner = node.value
    elif isinstance(node, _ast.Call) and getattr(node.func, "id", "") == "vars" and len(node.args) == 1:
        owner = node.args[0]
    return owner if owner is not None and can_repeat(owner) else None


_MISSING = frozenset({"KeyError", "IndexError", "LookupError", "Exception", "BaseException"})


def catches_missing(node) -> bool:
    """Whether a `try` has a handler for an item that is not there."""
    return any(
        handler.type is None or any(getattr(each, "id", "") in _MISSING for each in walk(handler.type))
        for handler in node.handlers
    )


def tuple_of(elements: list, place):
    return located(_ast.Tuple(elts=elements, ctx=_ast.Load()), place)


def located(made, place):
    """The same node, at the place of another."""
    made.lineno, made.col_offset = place.lineno, place.col_offset
    made.end_lineno, made.end_col_offset = place.end_lineno, place.end_col_offset
    return made


def can_repeat(node) -> bool:
    """Whether the text of an expression may stand twice, in two branches of which one runs."""
    return isinstance(node, (_ast.Name, _ast.Constant)) or (isinstance(node, _ast.Attribute) and can_repeat(node.value))


def plain(node):
    """A copy of an expression, before it is changed."""
    made = type(node)()
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            value = [plain(each) if isinstance(each, _ast.AST) else each for each in value]
        elif isinstance(value, _ast.AST):
            value = plain(value)
        setattr(made, field, value)
    for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        if hasattr(node, name):
            setattr(made, name, getattr(node, name))
    return made


def set_key(node, key) -> None:
    if sys.version_info < (3, 9):
        node.slice = _ast.Index(value=key)  # type: ignore[attr-defined]
    else:
        node.slice = key
