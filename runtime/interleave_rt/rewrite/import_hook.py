"""Rewrites the user's modules when they are imported.

The standard loader's `get_code` is replaced in place, so that finders, specs, loaders, `__file__`, `__cached__`,
`importlib.reload`, `pkgutil`, `runpy` and modules loaded by hand are what they are in a plain run; loaders of other
kinds (zip archives, other tools' hooks) are not touched. Whatever goes wrong here, the plain loader takes over.
"""

from __future__ import annotations

import _frozen_importlib_external as importing
import sys

from .. import recorder, sites
from . import LINES, cache, places_to_hold, spans

_IMPORTLIB_FILE = "<frozen importlib._bootstrap_external>"


def install(packages: bool, what: int) -> None:
    """From now on rewrites the user's own modules; with `packages` those of installed packages too. `what`: see
    `rewrite.SPANS`."""
    loader = importing.SourceFileLoader
    if "get_code" in loader.__dict__:
        return
    original = loader.get_code

    def get_code(self, fullname):
        code = rewritten(self, fullname) if type(self) is loader else None
        return original(self, fullname) if code is None else code

    def rewritten(self, fullname):
        try:
            path = self.get_filename(fullname)
            if not sites.is_user_file(path) and not (packages and _is_package_file(path)):
                return None
            return code_of(path, self.get_data(path), what)
        except Exception as error:
            if not isinstance(error, (SyntaxError, OSError, ImportError)):
                recorder.fault("The functions of %s are not shown: %s: %s" % (fullname, type(error).__name__, error))
            return None

    get_code.__qualname__ = original.__qualname__
    get_code.__module__ = original.__module__
    get_code.__doc__ = original.__doc__
    # Python leaves its own importing out of tracebacks; under its name, it leaves this step out as well.
    get_code.__code__ = get_code.__code__.replace(co_filename=_IMPORTLIB_FILE)
    loader.get_code = get_code
    spans.install()
    if what & LINES:
        from . import line_facts

        line_facts.install()


def uninstall() -> None:
    """Modules that are imported from now on are not rewritten."""
    if "get_code" in importing.SourceFileLoader.__dict__:
        del importing.SourceFileLoader.get_code


def code_of(path: str, source: bytes, what: int, optimize: int = -1):
    """The rewritten code of a file, from the cache or made now; None when there is nothing to rewrite.

    Raises what Python raises for the source.
    """
    if places_to_hold(path):
        return _rewrite(source, path, what, optimize)
    code = cache.load(path, source, optimize, what)
    if code is None:
        code = _rewrite(source, path, what, optimize)
        cache.store(path, source, optimize, what, code)
    return None if code == cache.NOTHING_TO_REWRITE else code


def _rewrite(source: bytes, path: str, what: int, optimize: int):
    writes_bytecode = sys.dont_write_bytecode
    # As at the start: our own folder may keep compiled files.
    sys.dont_write_bytecode = False
    try:
        from . import rewriter
    finally:
        sys.dont_write_bytecode = writes_bytecode
    return rewriter.rewrite(source, path, what, optimize)


def _is_package_file(path: str) -> bool:
    return any(part in path for part in sites._PACKAGES)
