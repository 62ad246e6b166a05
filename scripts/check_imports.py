"""Prints each import of the Python runtime that ARCHITECTURE.md does not allow; the exit status is 1 when there is one.

    python3 -I -S scripts/check_imports.py

With -I -S no installed package is on the path, so what can be found is the standard library.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "runtime" / "interleave_rt"
# They import nothing of ours: everything else rests on them.
LEAVES = {"originals", "versions", "_schema"}
# Patches know no other patch; what several need stands in modules whose names begin with an underscore. A patch of how
# processes start names `start`, which begins to record in the child.
PATCHES_MAY = ("recorder", "objects", "sites", "originals", "versions", "_schema", "patches._", "start")
# Modules of the standard library that only some of the supported versions have, or only some systems.
OTHER_VERSIONS = {"_interpreters", "_interpqueues", "_interpchannels", "_xxsubinterpreters", "_xxinterpchannels"}
OTHER_SYSTEMS = {"_winapi", "msvcrt", "winreg", "nt"}
# Python itself imports it when it starts, if there is one.
BY_PYTHON_ITSELF = {"sitecustomize"}
KNOWN = OTHER_VERSIONS | OTHER_SYSTEMS | BY_PYTHON_ITSELF


def main() -> int:
    problems = [problem for file in sorted(PACKAGE.rglob("*.py")) for problem in check(file)]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def check(file: Path) -> list[str]:
    module = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        for name in imported_names(node, module):
            problem = problem_of(module, name)
            if problem:
                found.append(f"runtime/interleave_rt/{file.relative_to(PACKAGE)}:{node.lineno} {problem}")
    return found


def imported_names(node: ast.AST, module: str) -> list[str]:
    """Absolute names of the modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    # `from . import a` in patches/b means interleave_rt.patches.a.
    here = ["interleave_rt", *module.split(".")]
    base = (
        ".".join(here[: len(here) - node.level] + ([node.module] if node.module else [])) if node.level else node.module
    )
    if base in ("interleave_rt", "interleave_rt.patches"):
        return [f"{base}.{alias.name}" for alias in node.names]
    return [base]


def problem_of(module: str, name: str) -> str:
    top, _, inner = name.partition(".")
    if top != "interleave_rt":
        return "" if is_standard(top) else f"imports {name}, which is not in the standard library"
    if module in LEAVES:
        return f"may import nothing of ours, but imports {inner}"
    is_patch = module.startswith("patches.") and module != "patches.__init__"
    if is_patch and not inner.startswith(PATCHES_MAY):
        return f"is a patch and may not import {inner}"
    return ""


def is_standard(name: str) -> bool:
    return name in KNOWN or importlib.util.find_spec(name) is not None


if __name__ == "__main__":
    sys.exit(main())
