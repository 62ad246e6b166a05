"""Begins to record this process; the one entry for the program, its children and its subinterpreters."""

from __future__ import annotations

import os

from . import hooks, marks, originals, recorder
from .patches import _usage


class Options:
    """What INTERLEAVE_OPTIONS says: words separated by commas, those below and `limit=BYTES`."""

    __slots__ = ("spans", "lines", "packages", "race", "pauses", "usage", "limit")

    def __init__(self, words: str) -> None:
        found = words.split(",")
        self.spans = "spans" in found
        self.lines = "lines" in found
        self.packages = "packages" in found
        self.race = "race" in found
        self.pauses = "pauses" in found
        self.usage = "usage" in found
        self.limit = recorder.DEFAULT_LIMIT_BYTES
        for word in found:
            if word.startswith("limit="):
                self.limit = int(word[6:])


def start_process(how: int, parent: int, interpreter: int = 0, folder: str = "", words: str = "") -> None:
    """Starts recorder and patches; does nothing when that is done already.

    `how` is one of `recorder.PROGRAM` and its fellows, `parent` a pid or, for a subinterpreter, its creator's number.
    Folder and options are what INTERLEAVE_RUN and INTERLEAVE_OPTIONS say, unless they are given.
    """
    global _words
    folder = folder or os.environ.get("INTERLEAVE_RUN", "")
    if recorder.run.active or not folder or not os.path.isdir(folder):
        return
    _words = words or os.environ.get("INTERLEAVE_OPTIONS", "")
    options = Options(_words)
    if options.race:
        _install_race_mode()
    recorder.start(folder, options.limit, how, parent, interpreter)
    if options.pauses:
        _install_pauses(folder)
    if options.usage and not interpreter:
        _usage.install()
    hooks.install()
    marks.install()
    if options.spans or options.race:
        _install_rewriter(options)
    if hasattr(os, "register_at_fork") and not interpreter:
        os.register_at_fork(before=_before_fork, after_in_child=_after_fork_in_child)
    # First in is last out: what the program itself does at exit comes before.
    import atexit

    atexit.register(end_process)


_words = ""


def words() -> str:
    """The options of this process, for children that cannot get them from the environment."""
    return _words


def start_child(how: int, parent: int, folder: str, words: str) -> None:
    """Starts a child of multiprocessing, which knows from its parent what to do."""
    if _server:
        _begin_for_asker(how, parent)
    else:
        start_process(how, parent, 0, folder, words)


_server = 0
"""In a child of the fork server that does not know its parent yet: the server's pid."""


def wait_for_asker(server: int) -> None:
    """In a child that the fork server has just made: records nothing until `start_child` says for whom it works."""
    global _server
    _server = server
    recorder.run.active = False
    recorder.local.__dict__.clear()


def _begin_for_asker(how: int, parent: int) -> None:
    global _server
    server, _server = _server, 0
    recorder.restart_in_forked_child(parent, how, server)


def end_process() -> None:
    """Writes the last record of this process; for those who leave without Python's own way out (os._exit)."""
    recorder.stop()


_pid_before_fork = 0
how_of_next: dict[int, int] = {}
"""Thread -> what the process that it is starting right now will be, when that is not what it seems (a server)."""


def _before_fork() -> None:
    global _pid_before_fork
    _pid_before_fork = originals.getpid()


def _after_fork_in_child() -> None:
    if recorder.run.active:
        how = how_of_next.pop(originals.get_ident(), recorder.FORK)
        recorder.restart_in_forked_child(_pid_before_fork, how)


def rewritten(path: str):
    """The code of a file of the user's as the options want it; None when it stays as it is. Raises what Python raises."""
    from . import rewrite

    wanted = rewrite.what(Options(_words))
    if not wanted:
        return None
    from .rewrite import import_hook

    with open(path, "rb") as file:
        return import_hook.code_of(path, file.read(), wanted)


def _install_race_mode() -> None:
    """Before the first thread has its writer, since race mode looks at each fact."""
    from .rewrite import accesses

    accesses.install()


def _install_pauses(folder: str) -> None:
    from . import pauses

    try:
        pauses.install(folder)
    except Exception as error:
        recorder.fault("Nothing is held at the places of the finding: %s: %s" % (type(error).__name__, error))


def _install_rewriter(options: Options) -> None:
    try:
        from .rewrite import install_import_hook

        install_import_hook(options)
    except Exception as error:
        recorder.fault("Functions are not shown: %s: %s" % (type(error).__name__, error))
