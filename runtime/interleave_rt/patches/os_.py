"""`os`: fork, exec, waiting for children, and leaving without a word."""

from __future__ import annotations

import os

from .. import _schema as schema
from .. import originals, recorder
from ..versions import FORK_WARNS_OF_THREADS
from . import _processes, _wrap

FORK = schema.OPERATIONS["os.fork"]
SPAWN = schema.OPERATIONS["subprocess.Popen"]
WAIT = schema.OPERATIONS["os.waitpid"]
_NO_WAIT = getattr(os, "WNOHANG", 0)


def install(module) -> None:
    _wrap.replace(module, "fork", _fork)
    _wrap.replace(module, "forkpty", _forkpty)
    for name, made in (("wait", _any), ("wait3", _any), ("waitpid", _one), ("wait4", _one), ("waitid", _waitid)):
        _wrap.replace(module, name, made)
    _wrap.replace(module, "execve", _execve)
    _wrap.replace(module, "posix_spawn", _posix_spawn)
    _wrap.replace(module, "posix_spawnp", _posix_spawn)
    _wrap.replace(module, "_exit", _exit)


def _fork(original):
    def fork():
        frame = originals.getframe(2)
        pid = _called_from(frame, original)()
        if pid:
            _forked(pid, frame)
        return pid

    return fork


def _forkpty(original):
    def forkpty():
        frame = originals.getframe(2)
        pid, descriptor = _called_from(frame, original)()
        if pid:
            _forked(pid, frame)
        return pid, descriptor

    return forkpty


def _called_from(frame, original):
    """The function, as if it were called from this frame, because it warns its caller (from 3.12 on) of threads.

    Whether that warning is shown, and how, depends on the caller's module, file and line.
    """
    if not FORK_WARNS_OF_THREADS:
        return original
    code = _caller.__code__.replace(
        co_filename=frame.f_code.co_filename, co_name=frame.f_code.co_name, co_firstlineno=frame.f_lineno or 1
    )
    return type(_caller)(code, frame.f_globals, frame.f_code.co_name, (original,))


def _caller(original=None): return original()  # fmt: skip  # noqa: E704: All on one line, which is then the caller's.


def _forked(pid: int, frame) -> None:
    if _processes.by_library(frame) and frame.f_globals.get("__name__") != "pty":
        return
    _created(pid, FORK, _processes.site_of(frame))


def _created(pid: int, operation: int, site: int) -> None:
    known = _processes.children[pid] = recorder.new_id()
    if recorder.processes_begin is not None:
        recorder.processes_begin()
    recorder.record(schema.PROCESS_CREATE | operation, known, pid, site)


def _any(original):
    def wait(*args, **kwargs):
        options = args[0] if args else kwargs.get("options", 0)
        return _waiting(original, args, kwargs, -1, options, originals.getframe(2))

    return wait


def _one(original):
    def waitpid(*args, **kwargs):
        pid, options = _argument(args, kwargs, 0, "pid", -1), _argument(args, kwargs, 1, "options", 0)
        return _waiting(original, args, kwargs, pid, options, originals.getframe(2))

    return waitpid


def _waitid(original):
    def waitid(*args, **kwargs):
        kind, number = _argument(args, kwargs, 0, "idtype", None), _argument(args, kwargs, 1, "id", -1)
        options = _argument(args, kwargs, 2, "options", 0)
        pid = number if kind == os.P_PID else -1
        return _waiting(original, args, kwargs, pid, options, originals.getframe(2))

    return waitid


def _argument(args, kwargs, place: int, name: str, default):
    return args[place] if len(args) > place else kwargs.get(name, default)


def _waiting(original, args, kwargs, pid, options, frame):
    if not isinstance(options, int) or options & _NO_WAIT or _processes.by_library(frame):
        return original(*args, **kwargs)
    known, site = _processes.children.get(pid, 0), _processes.site_of(frame)
    recorder.record(schema.WAIT | WAIT, known, 0, site)
    outcome = schema.OUTCOME_FAILED
    try:
        found = original(*args, **kwargs)
        outcome = schema.OUTCOME_OK
        ended = found[0] if isinstance(found[0], int) else 0
        # Of a wait for any child, the one that it was.
        known = known or _processes.children.get(getattr(found, "si_pid", ended), 0)
        return found
    finally:
        recorder.record(schema.GOT | WAIT | outcome, known, 0, site)


def _execve(original):
    def execve(*args, **kwargs):
        args, kwargs = _with_environment(args, kwargs)
        return original(*args, **kwargs)

    return execve


def _posix_spawn(original):
    def posix_spawn(*args, **kwargs):
        frame = originals.getframe(2)
        args, kwargs = _with_environment(args, kwargs)
        pid = original(*args, **kwargs)
        if not _processes.by_library(frame):
            _created(pid, SPAWN, _processes.site_of(frame))
        return pid

    return posix_spawn


def _with_environment(args, kwargs):
    """The same arguments, the third of which (`env`) lets a Python record itself."""
    if len(args) > 2:
        return (*args[:2], _processes.environment_for_child(args[2]), *args[3:]), kwargs
    if "env" in kwargs:
        return args, {**kwargs, "env": _processes.environment_for_child(kwargs["env"])}
    return args, kwargs


def _exit(original):
    def _exit(status):
        if isinstance(status, int):
            recorder.stop(status)
        return original(status)

    return _exit
