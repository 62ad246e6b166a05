"""How a Python process that was started as a program of its own begins to record; called by `boot/sitecustomize.py`."""

from __future__ import annotations

import os
import sys

from . import recorder, start


def begin() -> None:
    """Starts the recorder with what this process is: the run's program, a child of multiprocessing, another Python."""
    script = os.environ.pop("INTERLEAVE_PROGRAM", None)
    start.start_process(_how(script), recorder.originals.getppid())
    main = os.path.join(os.environ.get("INTERLEAVE_RUN", ""), "main.pyc")
    if script is not None and sys.argv[:1] == [main]:
        _name_main_after(script)


def _how(script) -> int:
    if script is not None:
        return recorder.PROGRAM
    if "--multiprocessing-fork" in sys.argv:
        return recorder.SERVER if sys._xoptions.pop("interleave", None) else recorder.SPAWN
    command = _command()
    if "multiprocessing.forkserver" in command:
        return recorder.FORKSERVER_ITSELF
    if "multiprocessing.resource_tracker" in command or "multiprocessing.semaphore_tracker" in command:
        return recorder.SERVER
    return recorder.PYTHON


def _command() -> str:
    """What follows -c on this process's command line, as far as the version and the system tell."""
    if sys.argv[:1] != ["-c"]:
        return ""
    words = getattr(sys, "orig_argv", None)
    if words is None:
        try:
            with open("/proc/self/cmdline", errors="replace") as file:
                words = file.read().split("\0")
        except OSError:
            return ""
    return words[words.index("-c") + 1] if "-c" in words[:-1] else ""


def _name_main_after(script: str) -> None:
    """Makes `python main.pyc` look like `python script` to the program, just before its first line runs.

    Python asks for the class of `__main__`'s loader after it has set everything else. We stand there for this one call:
    so nothing has to be added to the user's code, and no frame is below it.
    """
    import _frozen_importlib_external as importing

    folder = os.path.join(os.environ["INTERLEAVE_RUN"], "")
    if not os.path.exists(os.path.join(folder, "main.pyc")):
        return  # The file itself is run, as nothing in it had to be rewritten.
    original = importing.SourcelessFileLoader

    def loader(name: str, path: str):
        importing.SourcelessFileLoader = original
        if name != "__main__" or not path.startswith(folder):
            return original(name, path)
        sys.argv[0] = script
        if hasattr(sys, "orig_argv"):
            sys.orig_argv = [script if word == path else word for word in sys.orig_argv]
        if sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(folder):
            sys.path_importer_cache.pop(sys.path[0], None)
            sys.path[0] = os.path.dirname(os.path.realpath(script))
        main = sys.modules["__main__"]
        main.__file__ = os.path.abspath(script) if sys.version_info >= (3, 9) else script
        return importing.SourceFileLoader(name, main.__file__)

    importing.SourcelessFileLoader = loader
