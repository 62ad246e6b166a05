"""`subprocess`: children of any kind. Those that are Python record themselves, since they inherit the environment.

When the program gives `env=`, ours is added to it: without that, Pythons below the run would be missing without a word.
The user's mapping itself is not touched.
"""

from __future__ import annotations

import atexit
import os

from .. import _schema as schema
from .. import originals, recorder
from . import _leaks, _processes, _wrap

POPEN = schema.OPERATIONS["subprocess.Popen"]
WAIT = schema.OPERATIONS["subprocess.Popen.wait"]
COMMUNICATE = schema.OPERATIONS["subprocess.Popen.communicate"]
_FOR_THE_USER = frozenset(["run", "call", "__exit__"])
"""Functions of the module that wait on behalf of their caller."""

_started: dict[int, int] = {}
"""pid of a child -> its id; those that were waited for are no children any more when this is looked at."""


def install(module) -> None:
    if hasattr(os, "waitid"):
        # What the program registers later to be done at its end is done before.
        atexit.register(_tell_running)
    popen = module.Popen
    # Not `__init__`: it looks for the line to warn of by leaving the frames of its own file.
    _wrap.replace(popen, "_execute_child", _execute_child)
    _wrap.replace(popen, "wait", _waiting(WAIT, module.TimeoutExpired))
    _wrap.replace(popen, "communicate", _waiting(COMMUNICATE, module.TimeoutExpired))


def _execute_child(original):
    def _execute_child(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, *rest):
        env = _processes.environment_for_child(env)
        try:
            original(self, args, executable, preexec_fn, close_fds, pass_fds, cwd, env, *rest)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        pid = getattr(self, "pid", None)
        if isinstance(pid, int):
            site = _processes.site_of(originals.getframe(1))
            known = self.__dict__["_interleave_id"] = _processes.children[pid] = _started[pid] = recorder.new_id()
            recorder.record(schema.PROCESS_CREATE | POPEN, known, pid, site)
            recorder.record(schema.NAME, known, recorder.text(_name_of(self.args)))

    return _execute_child


def _tell_running() -> None:
    """Tells of children that have not ended, without taking note of those that have: the program may still wait for them."""
    for pid, known in list(_started.items()):
        try:
            has_ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except OSError:
            continue
        if not has_ended:
            _leaks.tell_process(known)


def _name_of(args) -> str:
    """The program's own name, without its folder and arguments."""
    if not isinstance(args, (str, bytes, os.PathLike)):
        try:
            args = args[0]
        except (IndexError, TypeError):
            return ""
    else:
        args = os.fsdecode(args).split(" ", 1)[0]
    try:
        return os.path.basename(os.fsdecode(args))
    except TypeError:
        return ""


def _waiting(operation: int, expired):
    def make(original):
        def wait(self, *args, **kwargs):
            frame = originals.getframe(1)
            known = self.__dict__.get("_interleave_id", 0)
            inner = frame.f_globals.get("__name__") == "subprocess" and frame.f_code.co_name not in _FOR_THE_USER
            ended = operation == WAIT and self.returncode is not None
            if inner or ended or not known:
                try:
                    return original(self, *args, **kwargs)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise
            site = _processes.site_of(frame)
            timeout = kwargs.get("timeout", args[-1] if len(args) == (1 if operation == WAIT else 2) else None)
            recorder.record(schema.WAIT | operation | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                result = original(self, *args, **kwargs)
                outcome = schema.OUTCOME_OK
                return result
            except BaseException as error:
                if isinstance(error, expired):
                    outcome = schema.OUTCOME_TIMEOUT
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | operation | outcome, known, 0, site)

        return wait

    return make
