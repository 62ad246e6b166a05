"""The class of recorded locks.

A lock written in C cannot be subclassed, so this one stands around it and behaves as the original in all that can be
seen. On its hot path is one attempt to take the lock without waiting, and one record. Who has it and who gave it back
last are kept in it, so that a wait can say for whom it was. Everything is bound in a closure: when Python shuts down it
clears our modules while locks are still used.

A signal handler that raises can strike between two of our instructions, also between the taking and the assignment of its
result. That a lock is locked and nobody is written down as its holder tells what was taken so, and it is given back. What
strikes before the first instruction of `__exit__` finds a lock that nobody gives back, as with any lock written in Python.
"""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from ..versions import LOCK_IS_A_CLASS
from . import _wrap

LARGEST_TIMEOUT_SECONDS = 1e6
LOOKS = 4


def plain_or_recorded(plain_type: type):
    """A metaclass that makes `isinstance` right for what stayed plain; it is not for the user's subclasses."""
    module = plain_type.__module__
    check_instance, check_subclass = type.__instancecheck__, type.__subclasscheck__

    class PlainOrRecorded(type):
        def __instancecheck__(cls, instance) -> bool:
            return check_instance(cls, instance) or cls.__module__ == module and isinstance(instance, plain_type)

        def __subclasscheck__(cls, subclass) -> bool:
            return check_subclass(cls, subclass) or cls.__module__ == module and subclass is plain_type

    return PlainOrRecorded


def make(operation: int):
    """(class of locks, function that makes one for a given frame); `operation` is how records call them."""
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
    tell_calls = sites.tell_calls
    record, record_slow, unit_of_thread = recorder.record, recorder.record_slow, recorder.current_thread_unit
    is_foreign = recorder.is_foreign
    hide, is_class = _wrap.hide_our_frames, LOCK_IS_A_CLASS
    allocate, plain_type, new = originals.allocate_lock, originals.LockType, object.__new__
    longest, sleep = LARGEST_TIMEOUT_SECONDS, originals.sleep

    class lock(metaclass=plain_or_recorded(plain_type)):
        __slots__ = (
            "_acquire",
            "_holder",
            "_id",
            "_plain",
            "_release",
            "_releaser",
            "_waiting",
            "locked",
            "__weakref__",
        )

        def __new__(cls, *args, **kwargs):
            if not is_class or args or kwargs:
                # An error, in the original's words.
                return plain_type(*args, **kwargs)
            frame = getframe(1)
            return allocate() if is_made_by_library(frame) else make_one(frame)

        def __init_subclass__(cls, **kwargs) -> None:
            raise TypeError("type '_thread.lock' is not an acceptable base type")

        def __enter__(self):
            try:
                if self._acquire(False):
                    frame = getframe(1)
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
                    self._holder = unit
                    return True
                return take(self, True, -1, getframe(1))
            except BaseException as error:
                give_back(self)
                hide(error)
                raise

        def acquire(self, blocking=True, timeout=-1):
            try:
                if blocking is not True or timeout != -1 or not self._acquire(False):
                    return take(self, blocking, timeout, getframe(1))
                frame = getframe(1)
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
                self._holder = unit
                return True
            except BaseException as error:
                give_back(self)
                hide(error)
                raise

        def release(self):
            try:
                try:
                    site = site_of(getframe(1)) if self._waiting else 0
                    try:
                        pack, buffer, slot, unit = local.w
                        pack(buffer, slot(), now(), self._id, 0, site, released)
                    except Exception as error:
                        if is_foreign(error):
                            raise
                        record_slow(released, self._id, 0, site)
                        unit = unit_of_thread()
                    self._releaser = unit
                finally:
                    self._holder = 0
                    self._release()
            except BaseException as error:
                hide(error)
                raise

        def __exit__(self, kind=None, value=None, traceback=None, /, *more):
            # Takes whatever it is given, as the original; three names cost less than one tuple.
            try:
                try:
                    site = site_of(getframe(1)) if self._waiting else 0
                    try:
                        pack, buffer, slot, unit = local.w
                        pack(buffer, slot(), now(), self._id, 0, site, released)
                    except Exception as error:
                        if is_foreign(error):
                            raise
                        record_slow(released, self._id, 0, site)
                        unit = unit_of_thread()
                    self._releaser = unit
                finally:
                    self._holder = 0
                    self._release()
            except BaseException as error:
                hide(error)
                raise

        acquire_lock = acquire
        release_lock = release

        def locked_lock(self):
            return self._plain.locked()

        def _at_fork_reinit(self):
            self._plain._at_fork_reinit()
            self._holder = self._releaser = 0
            self._waiting = []

        def __repr__(self):
            return "<%s _thread.lock object at %#x>" % ("locked" if self._plain.locked() else "unlocked", id(self))

        def __reduce_ex__(self, protocol):
            return self._plain.__reduce_ex__(protocol)

        def __reduce__(self):
            return self._plain.__reduce__()

    def make_one(frame):
        self = new(lock)
        self._plain = plain = allocate()
        self._acquire = plain.acquire
        self._release = plain.release
        self.locked = plain.locked
        self._holder = self._releaser = 0
        self._waiting = []
        self._id = define(operation, frame)
        return self

    def take(self, blocking, timeout, frame):
        """`acquire` where it may have to wait or may fail."""
        acquire = self._acquire
        has_usual_arguments = type(blocking) in (bool, int) and type(timeout) in (int, float) and timeout < longest
        may_wait = has_usual_arguments and blocking and (timeout > 0 or timeout == -1)
        if acquire(False) if may_wait else acquire(blocking, timeout):
            record(acquired, self._id, 0, site_of(frame))
            self._holder = unit_of_thread()
            return True
        if not may_wait:
            return False
        site = site_of(frame)
        waiting = self._waiting
        self._releaser = 0
        waiting.append(None)
        try:
            record(waits if timeout == -1 else waits_for_a_time, self._id, self._holder, site)
            tell_calls(frame, site)
            is_held = acquire(blocking, timeout)
        except BaseException:
            record(failed, self._id, 0, site)
            raise
        finally:
            waiting.pop()
        if not is_held:
            record(not_in_time, self._id, 0, site)
            return False
        record(got, self._id, self._releaser, site)
        self._holder = unit_of_thread()
        return True

    def give_back(self):
        """Releases what an acquisition took before an exception struck: nobody else would."""
        for _ in range(LOOKS):
            if self._holder or not self._plain.locked():
                return
            # Another thread may be between its taking or giving back and writing that down.
            sleep(0.0001)
        record(released, self._id)
        self._release()

    look_like(lock, plain_type)
    return lock, make_one


def look_like(made, original) -> None:
    """The class's methods have the documentation of the original's; those that this version of Python has not are taken away."""
    for name, method in list(made.__dict__.items()):
        if not callable(method) or name in ("__new__", "__init_subclass__"):
            continue
        model = getattr(original, name, None)
        if model is None:
            delattr(made, name)
            continue
        if method.__name__ == name:
            method.__doc__, method.__qualname__ = model.__doc__, model.__qualname__
    made.__doc__ = original.__doc__
    made.__name__, made.__qualname__, made.__module__ = original.__name__, original.__qualname__, original.__module__
    del made.__slots__
