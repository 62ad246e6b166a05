"""Locks and semaphores between processes: the part of `multiprocessing_synchronize` that all the rest is made of.

Each has an id that is the same in all processes. Who holds a lock in another process cannot be known here; acquire,
release, wait and got are recorded with that id, and readers of the trace find the holder by time.
"""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _processes, _wrap

getframe, by_code = originals.getframe, sites.by_code
nothing: dict[int, int] = {}

_O = schema.OPERATIONS
LOCK = _O["multiprocessing.Lock"]
RLOCK = _O["multiprocessing.RLock"]
SEMAPHORE = _O["multiprocessing.Semaphore"]
BOUNDED = _O["multiprocessing.BoundedSemaphore"]


def install(module) -> None:
    operations = ((module.Lock, LOCK), (module.RLock, RLOCK), (module.BoundedSemaphore, BOUNDED),
                  (module.Semaphore, SEMAPHORE))  # fmt: skip

    def operation_of(semaphore) -> int:
        return next((operation for kind, operation in operations if isinstance(semaphore, kind)), SEMAPHORE)

    _wrap.replace(module.SemLock, "__init__", made(operation_of, _processes.semaphore_id))
    _wrap.replace(module.SemLock, "_make_methods", _make_methods(operation_of))
    _wrap.replace(module.SemLock, "__enter__", _enter)
    _wrap.replace(module.SemLock, "__exit__", _exit)


def made(operation_of, id_of):
    """For the constructor of something that processes share: says that it was made, unless the library did."""

    def make(original):
        def __init__(self, *args, **kwargs):
            try:
                original(self, *args, **kwargs)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            known = id_of(self)
            frame = _processes.maker(_processes.outside_of_init(originals.getframe(1), self))
            if not _processes.by_library(frame) and not _processes.by_shared_value(frame):
                _processes.announce(operation_of(self), known, frame)
                if "_interleave" in self.__dict__:
                    self.__dict__["_interleave"].announced = True

        return __init__

    return make


class Recorded:
    """A semaphore's recording methods, and what they record; `announced` when its making was recorded here."""

    __slots__ = ("operation", "announced", "acquire", "release")

    def __init__(self, semaphore, operation: int) -> None:
        self.operation = operation
        self.announced = False
        self.acquire, self.release = _methods(self, _processes.semaphore_id(semaphore), semaphore._semlock)


def _make_methods(operation_of):
    def make(original):
        def _make_methods(self):
            try:
                original(self)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            take, give = self.acquire, self.release
            recorded = self.__dict__["_interleave"] = Recorded(self, operation_of(self))
            acquire_at, release_at = recorded.acquire, recorded.release

            def acquire(block=True, timeout=None):
                try:
                    frame = getframe(1)
                    # A place that is known already is the user's, since the library's are never asked for.
                    site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
                    if site < 0:
                        if _processes.by_library(frame):
                            return take(block, timeout)
                        site = _processes.site_of(frame)
                    return acquire_at(site, block, timeout)
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise

            def release():
                try:
                    frame = getframe(1)
                    site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
                    if site < 0:
                        if _processes.by_library(frame):
                            return give()
                        site = _processes.site_of(frame)
                    return release_at(site, what_was_done(frame))
                except BaseException as error:
                    _wrap.hide_our_frames(error)
                    raise

            self.acquire, self.release = acquire, release

        return _make_methods

    return make


def what_was_done(frame) -> int:
    """Flags of a release: whether the lock of a shared value or array was held for one read of it, or for one write."""
    code = frame.f_code
    name = code.co_name
    # The properties of shared values are made from a text.
    if code.co_filename == "<string>" or name in ("__getitem__", "__setitem__"):
        if name[:3] == "get" or name == "__getitem__":
            return schema.FLAG_0
        if name[:3] == "set" or name == "__setitem__":
            return schema.FLAG_1
    return 0


def _methods(recorded: Recorded, known: int, semlock):
    take, give, depth = semlock.acquire, semlock.release, semlock._count
    recursive = semlock.kind == 0
    record = recorder.record

    def acquire(site: int, block=True, timeout=None):
        if take(False):
            try:
                if not recursive or depth() == 1:
                    record(schema.ACQUIRE | recorded.operation, known, 0, site)
            except BaseException:
                # Ctrl+C struck here: the caller will never know that the lock was taken.
                give()
                raise
            return True
        operation = recorded.operation
        if not block:
            record(schema.GOT | operation | schema.OUTCOME_REFUSED, known, 0, site)
            return False
        record(schema.WAIT | operation | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
        try:
            taken = take(True, timeout)
        except BaseException:
            record(schema.GOT | operation | schema.OUTCOME_FAILED, known, 0, site)
            raise
        try:
            record(schema.GOT | operation | (schema.OUTCOME_OK if taken else schema.OUTCOME_TIMEOUT), known, 0, site)
        except BaseException:
            if taken:
                give()
            raise
        return taken

    def release(site: int, done: int = 0):
        if not recursive or depth() == 1:
            record(schema.RELEASE | recorded.operation | done, known, 0, site)
        return give()

    return acquire, release


def _enter(original):
    def __enter__(self):
        try:
            frame = getframe(1)
            site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
            if site < 0:
                if _processes.by_library(frame):
                    return original(self)
                site = _processes.site_of(frame)
            return self.__dict__["_interleave"].acquire(site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __enter__


def _exit(original):
    def __exit__(self, *args):
        try:
            frame = getframe(1)
            site = by_code.get(id(frame.f_code), nothing).get(frame.f_lasti, -1)
            if site < 0:
                if _processes.by_library(frame):
                    return original(self, *args)
                site = _processes.site_of(frame)
            return self.__dict__["_interleave"].release(site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return __exit__
