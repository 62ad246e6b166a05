"""`multiprocessing.spawn`: children that are new Pythons begin to record, whatever flags and environment they have.

The first thing that such a child unpickles is an object of ours, which starts the recorder before the program's main
module is imported again. That import goes through `runpy`, which is told to rewrite the file as it was in the parent.
"""

from __future__ import annotations

import os
import sys

from .. import originals, recorder, start
from . import _leaks, _wrap

_RUNTIME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Runs in the child, in a namespace of its own. It must never fail there.
_CODE = """
import sys
try:
    if "interleave_rt.start" not in sys.modules:
        sys.path.insert(0, %r)
        try:
            import interleave_rt.start
        finally:
            sys.path.remove(%r)
    sys.modules["interleave_rt.start"].start_child(%d, %d, %r, %r)
except Exception:
    pass
"""


def install(module) -> None:
    _wrap.replace(module, "get_preparation_data", _get_preparation_data)
    _wrap.replace(module, "get_command_line", _get_command_line)
    _wrap.replace(module, "_check_not_importing_main", _check_not_importing_main)


def _check_not_importing_main(original):
    """Refuses to start a process while the main module is being imported by one."""

    def _check_not_importing_main():
        try:
            return original()
        except BaseException as error:
            _leaks.tell_main_guard(originals.getframe(1))
            _wrap.hide_our_frames(error)
            raise

    return _check_not_importing_main


class _Starter:
    """Starts the recorder in the process that unpickles it."""

    def __init__(self, how: int) -> None:
        self._how = how

    def __reduce__(self):
        pid = recorder.originals.getpid()
        code = _CODE % (_RUNTIME, _RUNTIME, self._how, pid, recorder.run.folder, start.words())
        return exec, (code, {})


def _get_preparation_data(original):
    def get_preparation_data(name):
        try:
            data = original(name)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        asker = recorder.originals.getframe(1).f_globals.get("__name__")
        # The fork server asks for the data as well, to pick some of it.
        if not recorder.run.active or asker == "multiprocessing.forkserver":
            return data
        how = start.how_of_next.get(recorder.originals.get_ident(), 0)
        if not how:
            how = recorder.FORKSERVER if asker == "multiprocessing.popen_forkserver" else recorder.SPAWN
        first = {"interleave": _Starter(how)}
        first.update(data)
        return first

    return get_preparation_data


def _get_command_line(original):
    def get_command_line(**kwds):
        words = original(**kwds)
        server = start.how_of_next.get(recorder.originals.get_ident()) == recorder.SERVER
        if server and not getattr(sys, "frozen", False):
            # An unknown -X option means nothing to Python; our start in the child takes it away again.
            words[1:1] = ["-X", "interleave=server"]
        return words

    return get_command_line
