"""The sites of accesses and the checks that are written for them."""

from __future__ import annotations

import _ast

from . import access_facts as facts
from . import access_templates as templates
from . import access_trees as trees
from . import nodes
from .access_facts import text_of
from .access_function import RewrittenFunction

OPERATORS = {"load": "read", "store": "write", "del": "delete", "update": "update"}
_READING_METHODS = frozenset(
    {
        "get", "items", "keys", "values", "index", "count", "copy", "union", "intersection", "difference", "issubset",
        "issuperset",
    }
)  # fmt: skip


class Checks(RewrittenFunction):
    """Makes sites, and puts checks before or around what is accessed there."""

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
        after = constant(self.module.slot([]))
        return self.spread(template_with_type, plain, slot, {**names, "_next": after})

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


def constant(value: object):
    return _ast.Constant(value=value, kind=None, lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
