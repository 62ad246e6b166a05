"""`multiprocessing.forkserver`: the server's children belong to the process that asked for them.

A child does not know who asked until it has read what that process sent, so it does not record from the fork on but from
there (see `multiprocessing_spawn`). What it inherited from the server stays valid: both pids are in its first record.
"""

from __future__ import annotations

import os

from .. import _schema as schema
from .. import recorder, start
from . import _processes, _wrap

IDLE = schema.OPERATIONS["multiprocessing.server.idle"]


def install(module) -> None:
    _wrap.replace(module, "main", _main)


def _main(original):
    idle = _processes.idle_while(IDLE)(original)

    def main(*args, **kwargs):
        # The server has one thread, so nobody else records while a fork is on its way.
        os.register_at_fork(before=_pause, after_in_parent=_go_on, after_in_child=_note_server)
        try:
            return idle(*args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return main


_server = 0
"""While the server forks: its pid. In its children: -1, since their own forks are ordinary ones."""


def _pause() -> None:
    global _server
    if _server == 0 and recorder.run.active:
        _server = recorder.originals.getpid()
        recorder.run.active = False


def _go_on() -> None:
    global _server
    if _server > 0:
        _server = 0
        recorder.run.active = True


def _note_server() -> None:
    global _server
    if _server > 0:
        start.wait_for_asker(_server)
    _server = -1
