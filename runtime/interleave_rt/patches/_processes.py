"""What the patches for processes share: whose call it is, and ids that are the same in each process. Imports no patch.

The library's own use of its locks, queues and pipes is not recorded: `Queue.get` is one wait, not a wait for a lock
inside a wait for a pipe. The module of the calling frame tells which it is; so a signal handler that sets an event while
its thread is inside `join` is recorded, as it should be.
"""

from __future__ import annotations

import os

from .. import _schema as schema
from .. import objects, recorder, sites, start
from . import _wrap

LIBRARY = frozenset(
    ["asyncio.unix_events", "concurrent.futures.process", "popen2", "pty", "subprocess", "threading"]
    + ["multiprocessing." + name for name in (
        "connection", "context", "dummy", "forkserver", "heap", "managers", "pool", "popen_fork", "popen_forkserver",
        "popen_spawn_posix", "popen_spawn_win32", "process", "queues", "reduction", "resource_sharer",
        "resource_tracker", "shared_memory", "spawn", "synchronize", "util",
    )]
)  # fmt: skip
"""Modules whose calls are a part of the operation that called them. Not sharedctypes: it takes a Value's lock for the user."""

children: dict[int, int] = {}
"""pid of a child -> id of its process object. Only added to; a pid that comes again belongs to the new child."""

pool_worker: dict[int, object] = {}
"""id of the code of `multiprocessing.pool.worker` -> what takes note of the jobs that it gets and gives back: `take`, `give`."""


def by_library(frame) -> bool:
    """Whether the code of this frame is the library's own."""
    return frame.f_globals.get("__name__") in LIBRARY


def by_shared_value(frame) -> bool:
    """Whether a Value or Array is making the lock that belongs to it."""
    return frame.f_globals.get("__name__") == "multiprocessing.sharedctypes"


def site_of(frame) -> int:
    """Site id of the user's line behind a call; sees through code that the library generates (it has no module name)."""
    while frame is not None and "__name__" not in frame.f_globals:
        frame = frame.f_back
    return sites.of_user(frame)


def maker(frame):
    """The frame that asked for an object, behind `multiprocessing.Lock()` and its fellows."""
    while frame.f_back is not None and frame.f_globals.get("__name__") == "multiprocessing.context":
        frame = frame.f_back
    return frame


def outside_of_init(frame, made):
    """Leaves the constructors of derived classes."""
    constructors = [getattr(base.__dict__.get("__init__"), "__code__", None) for base in type(made).__mro__]
    while frame.f_back is not None and frame.f_code in constructors:
        frame = frame.f_back
    return frame


def announce(operation: int, known: int, frame) -> None:
    """Writes that something was made, with the place and the variable that `frame` or one further out tells."""
    site, name = objects.place(frame)
    recorder.record(schema.OBJECT | operation, known, recorder.text(name), site)


def attached_id(thing) -> int:
    """An id kept in the object itself, so that forked children and pickles carry it; given when it is first asked for."""
    try:
        return thing.__dict__["_interleave_id"]
    except KeyError:
        known = thing.__dict__["_interleave_id"] = recorder.new_global_id()
        return known


def semaphore_id(semaphore) -> int:
    """Id of a SemLock: its system-wide name where it has one; a forked child inherits it with the object otherwise."""
    try:
        return semaphore.__dict__["_interleave_id"]
    except KeyError:
        name = semaphore._semlock.name
        known = recorder.named_id(name) if name else recorder.new_global_id()
        semaphore.__dict__["_interleave_id"] = known
        return known


def queue_id(queue) -> int:
    """Id of a queue: that of the lock around its reading end, which is never recorded itself."""
    return semaphore_id(queue._rlock)


def idle_while(operation: int):
    """For a function that one of the library's own threads runs: that thread is idle, however it passes the time."""

    def make(original):
        def idle(*args, **kwargs):
            recorder.record(schema.WAIT | operation)
            try:
                return original(*args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | operation)

        # As of a partial function: the place of what the thread runs is that of the original.
        idle.func = original  # type: ignore[attr-defined]
        return idle

    return make


_BOOT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "boot")


def environment_for_child(env):
    """What the program gives as a child's environment, and ours, so that a Python among the children records itself.

    None stays: the child inherits this process's environment, in which ours is. So does what is no mapping.
    """
    if env is None or not recorder.run.active or not hasattr(env, "items"):
        return env
    whole = dict(env)
    name = next((key for key in whole if key in ("PYTHONPATH", b"PYTHONPATH")), "PYTHONPATH")
    known = os.fsdecode(whole.get(name) or "")
    if _BOOT not in known.split(os.pathsep):
        whole[name] = _BOOT + os.pathsep + known if known else _BOOT
    if "INTERLEAVE_RUN" not in whole:
        whole["INTERLEAVE_RUN"] = recorder.run.folder
        whole["INTERLEAVE_OPTIONS"] = start.words()
    return whole
