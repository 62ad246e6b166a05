"""`multiprocessing.process`: starting, joining and naming processes, and their end."""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import originals, recorder, start
from . import _processes, _wrap

START = schema.OPERATIONS["multiprocessing.Process.start"]
JOIN = schema.OPERATIONS["multiprocessing.Process.join"]


def install(module) -> None:
    process = module.BaseProcess
    _wrap.replace(process, "start", _start)
    _wrap.replace(process, "join", _join)
    _wrap.replace(process, "_bootstrap", _bootstrap)
    name = process.__dict__["name"]
    _wrap.put(process, "name", property(name.fget, _set_name(name.fset), name.fdel, name.__doc__))


def _start(original):
    def start_(self):
        site = _processes.site_of(originals.getframe(1))
        if _is_manager(self):
            start.how_of_next[originals.get_ident()] = recorder.SERVER
        try:
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            start.how_of_next.pop(originals.get_ident(), None)
        _created(self, site)

    return start_


def _created(process, site: int) -> None:
    # The attribute is in the object since waits in other patches (sentinels, pools) ask for it.
    known = process.__dict__["_interleave_id"] = recorder.new_id()
    pid = process._popen.pid or 0
    _processes.children[pid] = known
    if recorder.processes_begin is not None:
        recorder.processes_begin()
    recorder.record(schema.PROCESS_CREATE | START, known, pid, site)
    recorder.record(schema.NAME, known, recorder.text(process._name))


def _is_manager(process) -> bool:
    target = process.__dict__.get("_target")
    function = getattr(target, "__func__", None)
    return (
        getattr(function, "__name__", "") == "_run_server"
        and getattr(function, "__module__", "") == "multiprocessing.managers"
    )


def _join(original):
    def join(self, timeout=None):
        frame = originals.getframe(1)
        known = self.__dict__.get("_interleave_id", 0)
        if _processes.by_library(frame) or not known:
            try:
                original(self, timeout)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            return
        site = _processes.site_of(frame)
        limited = schema.FLAG_0 if timeout is not None else 0
        recorder.record(schema.WAIT | JOIN | limited, known, 0, site)
        try:
            original(self, timeout)
        except BaseException as error:
            recorder.record(schema.GOT | JOIN | schema.OUTCOME_FAILED, known, 0, site)
            _wrap.hide_our_frames(error)
            raise
        ended = self._popen.returncode is not None
        recorder.record(schema.GOT | JOIN | (0 if ended else schema.OUTCOME_TIMEOUT), known, 0, site)

    return join


def _bootstrap(original):
    def _bootstrap(self, *args, **kwargs):
        recorder.record(schema.NAME, recorder.run.unit, recorder.text(self._name))
        status = 1
        try:
            status = original(self, *args, **kwargs)
            return status
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            # A forked child leaves by os._exit, so nothing of ours runs after this.
            recorder.stop(status)

    return _bootstrap


def _set_name(original):
    def set_name(self, name):
        try:
            original(self, name)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        process = sys.modules.get("multiprocessing.process")
        if process is not None and self is process._current_process:
            recorder.record(schema.NAME, recorder.run.unit, recorder.text(name))
        elif "_interleave_id" in self.__dict__:
            recorder.record(schema.NAME, self.__dict__["_interleave_id"], recorder.text(name))

    return set_name
