"""Keeps rewritten code in a private folder of the user, so that a program is rewritten once and not at each start.

One file for each source file and version of Python: a check over the source and everything else that the code depends
on, then the code. `__pycache__` is never touched. With `PYTHONDONTWRITEBYTECODE` (or `-B`) nothing is written here either.
"""

from __future__ import annotations

import _imp
import marshal
import os
import sys

from .. import originals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType

# Raised when the code that comes out of the rewriter changes.
REWRITER_VERSION = 26
NOTHING_TO_REWRITE = "nothing to rewrite"
# A large project has about this many; each takes some ten kilobytes.
MOST_FILES = 4096


def load(path: str, source: bytes, optimize: int, what: int):
    """The rewritten code, or NOTHING_TO_REWRITE; None when it must be made."""
    try:
        with open(_file(path, what), "rb") as file:
            data = file.read()
        check = _check(path, source, optimize, what)
        return marshal.loads(data[len(check) :]) if data.startswith(check) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None


def store(path: str, source: bytes, optimize: int, what: int, code: CodeType | None) -> None:
    """Keeps the rewritten code; None stands for a file in which there is nothing to rewrite. Never raises."""
    # The supervisor ignores the environment; the program it compiles for does not.
    if sys.dont_write_bytecode or os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return
    try:
        file = _file(path, what)
        part = "%s.%d.%d" % (file, originals.getpid(), originals.get_ident())
        data = _check(path, source, optimize, what) + marshal.dumps(NOTHING_TO_REWRITE if code is None else code)
        handle = originals.open_file(part, originals.OPEN_NEW, 0o600)
        try:
            originals.write_file(handle, data)
        finally:
            originals.close_file(handle)
        os.replace(part, file)
        _prune(os.path.dirname(file))
    except (OSError, ValueError):
        return


def _prune(folder: str) -> None:
    """Removes the older half when there are too many: files come, move and go."""
    names = os.listdir(folder)
    if len(names) <= MOST_FILES:
        return
    files = [os.path.join(folder, name) for name in names]
    files.sort(key=lambda file: os.stat(file).st_mtime_ns)
    for file in files[: len(files) // 2]:
        os.unlink(file)


def _file(path: str, what: int) -> str:
    """Raises OSError when there is no folder that is private to this user."""
    return os.path.join(
        _folder(), "%s-%s-%d.code" % (_hash(os.fsencode(path)).hex(), sys.implementation.cache_tag, what)
    )


def _check(path: str, source: bytes, optimize: int, what: int) -> bytes:
    # The whole text of the version, since builds with the same cache tag may differ (free-threaded ones do).
    level = sys.flags.optimize if optimize < 0 else optimize
    key = repr((REWRITER_VERSION, path, len(source), level, what, sys.version))
    return b"interleave" + _hash(source) + _hash(key.encode("utf-8", "surrogatepass"))


def _hash(data: bytes) -> bytes:
    """128 bits by the keyed hash that Python uses for its own compiled files; hashlib would cost milliseconds."""
    return _imp.source_hash(REWRITER_VERSION, data) + _imp.source_hash(REWRITER_VERSION + (1 << 32), data)


def _folder() -> str:
    """Made when missing. Raises OSError when it is not private to this user."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(os.environ.get("HOME", ""), "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", ""), ".cache")
    if not os.path.isabs(base):
        raise OSError("no folder for caches")
    folder = os.path.join(base, "interleave", "rewritten")
    os.makedirs(folder, 0o700, exist_ok=True)
    if os.name != "nt":
        found = os.stat(folder)
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise OSError("the folder for caches is not private")
    return folder
