"""What the text tells of an access: on which read a write depends, and what may happen between the two.

Positions are (line, column) pairs, which order the code of one function as it is written. That is not always the order in
which it runs: what is said here grades and explains what the engine finds, and is not what it finds.
"""

from __future__ import annotations

import _ast

# Bits of an access_site's flags.
TEST, SWITCH, BY_VALUE, BY_CONDITION, SAME_SECTION, GLOBAL_BASE, AWAIT = (1 << bit for bit in range(7))
# What is written.
UNKNOWN, CONSTANT, MADE, SYNCHRONISER, OTHER_CONSTANT, EXPRESSION = range(6)

_SYNCHRONISERS = frozenset(
    {
        "Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore", "Event", "Barrier", "local", "Queue", "LifoQueue",
        "PriorityQueue", "SimpleQueue", "ThreadPoolExecutor", "ProcessPoolExecutor", "Session", "Pool",
    }
)  # fmt: skip
_WHO_RUNS = frozenset({"get_ident", "get_native_id", "current_thread", "currentThread", "current_task", "getpid"})
_DISPLAYS = (
    _ast.List, _ast.Dict, _ast.Set, _ast.Tuple, _ast.ListComp, _ast.DictComp, _ast.SetComp, _ast.GeneratorExp, _ast.Lambda,
)  # fmt: skip
_LEAVES = (_ast.Return, _ast.Continue, _ast.Break, _ast.Raise)
READS = frozenset(
    {
        "attribute.read", "name.read", "item.read", "container.contains", "container.length", "container.truth",
        "container.iterate", "container.read",
    }
)  # fmt: skip


def kind_of_value(value) -> int:
    """What an expression is, as something that is written."""
    if isinstance(value, _ast.Constant):
        plain = value.value is None or isinstance(value.value, (bool, int, float))
        return CONSTANT if plain else OTHER_CONSTANT
    if isinstance(value, _ast.Call):
        function = value.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        return SYNCHRONISER if name in _SYNCHRONISERS else EXPRESSION if name in _WHO_RUNS else MADE
    return MADE if isinstance(value, _DISPLAYS) else EXPRESSION


def tells_who_runs(node, names) -> bool:
    """Whether a value is the calling thread, task or process, or its number; `names` are local names that hold one."""
    if isinstance(node, _ast.Attribute):
        node = node.value
    if isinstance(node, _ast.Call):
        function = node.func
        return getattr(function, "attr", getattr(function, "id", "")) in _WHO_RUNS
    return isinstance(node, _ast.Name) and node.id in names


def asks_who_runs(test, names) -> bool:
    """Whether a condition compares something with who runs: the answer is changed by nobody but the one who asks."""
    if isinstance(test, _ast.UnaryOp) and isinstance(test.op, _ast.Not):
        test = test.operand
    if not isinstance(test, _ast.Compare) or len(test.ops) != 1:
        return False
    if not isinstance(test.ops[0], (_ast.Eq, _ast.NotEq, _ast.Is, _ast.IsNot)):
        return False
    return any(tells_who_runs(each, names) for each in (test.left, test.comparators[0]))


class Function:
    """What has to be known of one function's text, collected while it is rewritten and asked at its end."""

    def __init__(self) -> None:
        self.calls: list[tuple] = []
        """Positions at which another thread may come in: calls, with, loops, awaits, yields."""
        self.awaits: list[tuple] = []
        self.reads: list[tuple] = []
        """(text of what is read, position, number of the access, path of enclosing statements)"""
        self.names: dict[str, list] = {}
        """Local name -> accesses that its value was made of, at its last assignment in the text so far."""
        self.who_runs: set[str] = set()
        """Local names that hold the calling thread, task or process, or its number."""

    def relate(self, text: str, position: tuple, uses: list, path: tuple, guards: list) -> tuple:
        """(number of the read that a write of `text` depends on or -1, flags).

        `uses` are the accesses from which the written value is made, `guards` those of the conditions that decide whether
        it is written.
        """
        for numbers, flag in ((uses, BY_VALUE), (guards, BY_CONDITION)):
            found = [read for read in self.reads if read[2] in numbers and read[0] == text]
            if found:
                read = max(found, key=lambda each: each[1])
                return read[2], flag | self._between(read[1], position) | self._section(read[3], path)
        return -1, 0

    def _between(self, start: tuple, end: tuple) -> int:
        flags = SWITCH if any(start < each < end for each in self.calls) else 0
        return flags | (AWAIT if any(start < each < end for each in self.awaits) else 0)

    @staticmethod
    def _section(path: tuple, other: tuple) -> int:
        for first, second in zip(path, other):
            if first is not second:
                break
            if isinstance(first, (_ast.With, _ast.AsyncWith)):
                return SAME_SECTION
        return 0


def leaves(body: list) -> bool:
    """Whether a block always leaves what it stands in, so that what follows depends on its condition."""
    return bool(body) and isinstance(body[-1], _LEAVES)


def text_of(node) -> str:
    """The text of a name, an attribute chain or a subscript of one, for people and to compare; '' for anything else."""
    if isinstance(node, _ast.Name):
        return node.id
    if isinstance(node, _ast.Attribute):
        base = text_of(node.value)
        return "%s.%s" % (base, node.attr) if base else ""
    if isinstance(node, _ast.Subscript):
        base = text_of(node.value)
        return "%s[%s]" % (base, key_text(node.slice)) if base else ""
    if isinstance(node, _ast.Call):
        base = text_of(node.func)
        return base + "()" if base else ""
    return ""


def shape_of(node) -> str:
    """The same text for the same expression: `BinOp(Constant('_'), Name('name'))` and the like."""
    if isinstance(node, _ast.Constant) and isinstance(node.value, str):
        return node.value
    parts = []
    for field in node._fields:
        value = getattr(node, field, None)
        values = value if isinstance(value, list) else [value]
        parts += [shape_of(each) if isinstance(each, _ast.AST) else repr(each) for each in values]
    return "%s(%s)" % (type(node).__name__, ", ".join(parts))


def key_text(key) -> str:
    key = getattr(key, "value", key) if type(key).__name__ == "Index" else key
    if isinstance(key, _ast.Constant):
        return repr(key.value)[:40]
    if isinstance(key, _ast.Slice):
        return ":"
    if isinstance(key, _ast.Tuple):
        return ", ".join(key_text(each) for each in key.elts)
    return text_of(key) or "…"
