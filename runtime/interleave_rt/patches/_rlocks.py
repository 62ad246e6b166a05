"""The class of recorded re-entrant locks: a subclass, which keeps count so that only the outermost taking is recorded."""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap
from ._locks import LARGEST_TIMEOUT_SECONDS, look_like, plain_or_recorded


def make(operation: int):
    """(class of re-entrant locks, function that makes one for a given frame)."""
    acquired = schema.ACQUIRE | operation
    released = schema.RELEASE | operation
    waits = schema.WAIT | operation
    waits_for_a_time = waits | schema.FLAG_0
    got = schema.GOT | operation
    not_in_time = got | schema.OUTCOME_TIMEOUT
    failed = got | schema.OUTCOME_FAILED
    local, now, getframe = recorder.local, originals.now, originals.getframe
    by_code, site_of, define, is_made_by_library = (
        sites.by_code, sites.of_user, objects.define, objects.is_made_by_library,
    )  # fmt: skip
    record, record_slow, unit_of_thread = recorder.record, recorder.record_slow, recorder.current_thread_unit
    is_foreign = recorder.is_foreign
    hide, longest = _wrap.hide_our_frames, LARGEST_TIMEOUT_SECONDS
    plain_type = originals.RLock
    plain_new, plain_acquire, plain_release = plain_type.__new__, plain_type.acquire, plain_type.release
    plain_save, plain_restore, is_owned = plain_type._release_save, plain_type._acquire_restore, plain_type._is_owned
    plain_repr, plain_reinit = plain_type.__repr__, getattr(plain_type, "_at_fork_reinit", None)

    class RLock(plain_type, metaclass=plain_or_recorded(plain_type)):
        # `_depth` and `_holder` change only in the thread that has the lock.
        __slots__ = ("_depth", "_holder", "_id", "_releaser", "_waiting")

        def __new__(cls, *args, **kwargs):
            frame = getframe(1)
            if cls is RLock and is_made_by_library(frame):
                return plain_new(plain_type, *args, **kwargs)
            return make_one(frame, cls, args, kwargs)

        def __enter__(self):
            try:
                return take(self, True, -1, getframe(1))
            except BaseException as error:
                undo(self)
                hide(error)
                raise

        def acquire(self, blocking=True, timeout=-1):
            try:
                return take(self, blocking, timeout, getframe(1))
            except BaseException as error:
                undo(self)
                hide(error)
                raise

        def release(self):
            try:
                try:
                    if self._depth and is_owned(self):
                        self._depth -= 1
                        if not self._depth:
                            give_back(self, getframe(1))
                finally:
                    plain_release(self)
            except BaseException as error:
                hide(error)
                raise

        def __exit__(self, kind=None, value=None, traceback=None, /, *more):
            # As in _locks.py.
            try:
                try:
                    if self._depth and is_owned(self):
                        self._depth -= 1
                        if not self._depth:
                            give_back(self, getframe(1))
                finally:
                    plain_release(self)
            except BaseException as error:
                hide(error)
                raise

        def _release_save(self):
            if self._depth and is_owned(self):
                self._depth = 0
                give_back(self, getframe(1))
            return plain_save(self)

        def _acquire_restore(self, state):
            frame = getframe(1)
            depth = state[0]
            if not plain_acquire(self, False):
                wait(self, lambda: plain_restore(self, state) is None, depth, True, frame)
                return
            for _ in range(depth - 1):
                plain_acquire(self)
            self._depth, self._holder = depth, unit_of_thread()
            record(acquired, self._id, 0, site_of(frame))

        def _at_fork_reinit(self):
            plain_reinit(self)
            self._depth = self._holder = self._releaser = 0
            self._waiting = []

        def __reduce_ex__(self, protocol):
            # An error, with the original's name in it.
            return plain_type.__reduce_ex__(plain_new(plain_type) if type(self) is RLock else self, protocol)

        def __repr__(self):
            return plain_repr(self).replace(" RLock object", " _thread.RLock object", 1)

    def take(self, blocking, timeout, frame):
        if self._depth and is_owned(self):
            self._depth += 1
            try:
                return plain_acquire(self, blocking, timeout)
            except BaseException as error:
                self._depth -= 1
                if is_foreign(error):
                    plain_release(self)
                raise
        has_usual_arguments = type(blocking) in (bool, int) and type(timeout) in (int, float) and timeout < longest
        may_wait = has_usual_arguments and blocking and (timeout > 0 or timeout == -1)
        if plain_acquire(self, False) if may_wait else plain_acquire(self, blocking, timeout):
            try:
                site = by_code[id(frame.f_code)][frame.f_lasti]
            except KeyError:
                site = site_of(frame)
            try:
                pack, buffer, slot, unit = local.w
                pack(buffer, slot(), now(), self._id, 0, site, acquired)
            except Exception as error:
                if is_foreign(error):
                    raise
                record_slow(acquired, self._id, 0, site)
                unit = unit_of_thread()
            self._holder, self._depth = unit, 1
            return True
        if not may_wait:
            return False
        return wait(self, lambda: plain_acquire(self, blocking, timeout), 1, timeout == -1, frame)

    def wait(self, take, depth, for_ever, frame):
        site = site_of(frame)
        waiting = self._waiting
        self._releaser = 0
        waiting.append(None)
        try:
            record(waits if for_ever else waits_for_a_time, self._id, self._holder, site)
            is_held = take()
        except BaseException:
            record(failed, self._id, 0, site)
            raise
        finally:
            waiting.pop()
        if not is_held:
            record(not_in_time, self._id, 0, site)
            return False
        record(got, self._id, self._releaser, site)
        self._holder, self._depth = unit_of_thread(), depth
        return True

    def undo(self):
        """Releases what an acquisition took before an exception struck, as in _locks.py."""
        if not self._depth and is_owned(self):
            record(released, self._id)
            plain_release(self)

    def give_back(self, frame):
        """Writes down that the owner gives it back, before it does."""
        site = site_of(frame) if self._waiting else 0
        try:
            pack, buffer, slot, unit = local.w
            pack(buffer, slot(), now(), self._id, 0, site, released)
        except Exception as error:
            if is_foreign(error):
                raise
            record_slow(released, self._id, 0, site)
            unit = unit_of_thread()
        self._releaser = unit

    def make_one(frame, cls=RLock, args=(), kwargs={}):  # noqa: B006: nobody writes to it.
        self = plain_new(cls, *args, **kwargs)
        self._depth = self._holder = self._releaser = 0
        self._waiting = []
        self._id = define(operation, frame)
        return self

    look_like(RLock, plain_type)
    return RLock, make_one
