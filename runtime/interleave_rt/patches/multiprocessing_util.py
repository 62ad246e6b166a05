"""`multiprocessing.util`: the servers that multiprocessing starts for itself, the fork server and the resource tracker."""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import originals, recorder
from . import _leaks, _processes, _wrap

START = schema.OPERATIONS["multiprocessing.Process.start"]
_SERVERS = (
    ("multiprocessing.forkserver", "fork server"),
    ("multiprocessing.resource_tracker", "resource tracker"),
)


def install(module) -> None:
    _wrap.replace(module, "spawnv_passfds", _spawnv_passfds)
    # The last of those that run before daemons are ended by force: pools and managers have ended theirs by then.
    module.Finalize(None, _tell_daemons, exitpriority=0)


def _spawnv_passfds(original):
    def spawnv_passfds(path, args, passfds):
        site = _processes.site_of(originals.getframe(1))
        try:
            pid = original(path, args, passfds)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        for module, name in _SERVERS:
            if any(isinstance(word, str) and module in word for word in args):
                known = recorder.new_id()
                recorder.record(schema.PROCESS_CREATE | START, known, pid, site)
                recorder.record(schema.NAME, known, recorder.text(name))
        return pid

    return spawnv_passfds


def _tell_daemons() -> None:
    process = sys.modules.get("multiprocessing.process")
    for child in list(getattr(process, "_children", ())):
        known = child.__dict__.get("_interleave_id", 0)
        if known and child.daemon and child.is_alive():
            _leaks.tell_process(known)
