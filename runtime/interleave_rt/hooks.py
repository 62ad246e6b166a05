"""Finds the moment to patch a module of the standard library: right after it was imported, or now.

Only what has been imported already is patched at the start; for the rest a finder stands first in `sys.meta_path`. It
lets the others find the module, steps in once between its execution and its use, and leaves nothing behind: loader and
spec are the originals. A user's own `queue.py` is not the standard library's and is left alone.
"""

from __future__ import annotations

import os
import sys

from . import recorder

PATCHES: dict[str, str] = {
    # Module of the standard library -> modules in `patches`, several separated by a space, each with
    # `install(module) -> None`.
    "_thread": "thread",
    "inspect": "inspect_",
    "queue": "queues",
    "sys": "shown",
    "threading": "threading_",
    "time": "time_",
    "traceback": "shown",
    "selectors": "asyncio_selectors",
    "asyncio.events": "asyncio_events",
    "asyncio.base_events": "asyncio_base_events",
    "asyncio.tasks": "asyncio_tasks",
    "asyncio.threads": "asyncio_threads",
    "asyncio.timeouts": "asyncio_timeouts",
    "asyncio.locks": "asyncio_locks",
    "asyncio.queues": "asyncio_queues",
    "asyncio.taskgroups": "asyncio_taskgroups",
    "concurrent.futures._base": "futures_base",
    "concurrent.futures.thread": "futures_thread",
    "concurrent.futures.process": "futures_process",
    "_interpreters": "interpreters",
    "_xxsubinterpreters": "interpreters",
    "concurrent.interpreters._queues": "interpreters_queues",
    "multiprocessing.connection": "multiprocessing_connection",
    "multiprocessing.forkserver": "multiprocessing_forkserver",
    "multiprocessing.managers": "multiprocessing_managers",
    "multiprocessing.pool": "multiprocessing_pool",
    "multiprocessing.process": "multiprocessing_process",
    "multiprocessing.queues": "multiprocessing_queues",
    "multiprocessing.resource_tracker": "multiprocessing_resource_tracker",
    "multiprocessing.sharedctypes": "multiprocessing_sharedctypes",
    "multiprocessing.spawn": "multiprocessing_spawn",
    "multiprocessing.synchronize": "multiprocessing_synchronize",
    "multiprocessing.util": "multiprocessing_util",
    "os": "os_",
    "runpy": "runpy_",
    "signal": "signal_",
    "subprocess": "subprocess_",
    "warnings": "warnings_",
    "weakref": "weakref_",
}

_STANDARD = tuple({os.path.dirname(os.__file__) + os.sep, os.path.realpath(os.path.dirname(os.__file__)) + os.sep})


def install() -> None:
    """Patches what is imported and waits for the rest. Does nothing the second time."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    for name in PATCHES:
        module = sys.modules.get(name)
        is_standard = name in sys.builtin_module_names or _is_standard(getattr(module, "__spec__", None))
        if module is not None and is_standard:
            patch(module)
    sys.meta_path.insert(0, _Finder())


def uninstall() -> None:
    """Takes the finder away and undoes all patches."""
    from .patches import _wrap

    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]
    _wrap.undo_all()


def patch(module) -> None:
    """Runs our patches for this module; a patch that fails costs its facts and nothing else."""
    for name in PATCHES[module.__name__].split():
        try:
            __import__("%s.patches.%s" % (__package__, name))
            sys.modules["%s.patches.%s" % (__package__, name)].install(module)
        except Exception as error:
            recorder.fault("What %s does is not shown: %s: %s" % (module.__name__, type(error).__name__, error))


def _is_standard(spec) -> bool:
    if spec is None:
        return False
    origin = spec.origin or ""
    return origin in ("built-in", "frozen") or (
        origin.startswith(_STANDARD) and "site-packages" not in origin and "dist-packages" not in origin
    )


class _Finder:
    """Shared by all threads; `_busy` holds (thread, module) of the searches that are going on."""

    def __init__(self) -> None:
        self._busy: set[tuple[int, str]] = set()

    def find_spec(self, name: str, path=None, target=None):
        if name not in PATCHES:
            return None
        search = (recorder.originals.get_ident(), name)
        if search in self._busy:
            return None
        self._busy.add(search)
        try:
            spec = _find(self, name, path, target)
        finally:
            self._busy.discard(search)
        if spec is None or spec.loader is None or not _is_standard(spec):
            return spec
        spec.loader = _PatchingLoader(spec.loader)
        return spec


def _find(before: _Finder, name: str, path, target):
    """What the finders after ours find."""
    for finder in list(sys.meta_path):
        if finder is before or not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            return spec
    return None


class _PatchingLoader:
    """Lives from the search to the execution of one module; by then module and spec have their own loader again."""

    def __init__(self, loader) -> None:
        self._loader = loader

    def __getattr__(self, name: str):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module) -> None:
        loader = self._loader
        module.__spec__.loader = loader
        module.__loader__ = loader
        loader.exec_module(module)
        patch(module)
