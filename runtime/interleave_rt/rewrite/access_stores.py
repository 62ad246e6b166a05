"""What race mode knows of a whole module before it changes a function: what is stored to; and what it found so far."""

from __future__ import annotations

import _ast

from . import access_trees as trees


class ModuleStores:
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
