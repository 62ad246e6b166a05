"""`queue.SimpleQueue`, a class written in C that may be used from finalizers and signal handlers.

Its `put` must do its work before anything that could run such code: so what is put stands in the right order, and the
record follows. A get knows only who put last.
"""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap
from ._locks import look_like, plain_or_recorded

GET = schema.OPERATIONS["queue.SimpleQueue.get"]
PUT = schema.SIGNAL | schema.OPERATIONS["queue.SimpleQueue.put"]


def install(module) -> None:
    plain_type = module.SimpleQueue
    if type(plain_type) is not type:
        # Ours: `queue` was imported a second time.
        return
    made = make(plain_type, module.Empty)
    _wrap.put(module, "SimpleQueue", made)
    origin = sys.modules.get(plain_type.__module__)
    if origin is not None and getattr(origin, "SimpleQueue", None) is plain_type:
        # It is pickled by that name.
        _wrap.put(origin, "SimpleQueue", made)


def make(plain_type, empty):
    """The class of recorded simple queues."""
    plain_new, plain_put, plain_get = plain_type.__new__, plain_type.put, plain_type.get
    local, getframe, record, site_of = recorder.local, originals.getframe, recorder.record, sites.of_user
    define, is_made_by_library = objects.define, objects.is_made_by_library
    hide, saw = _wrap.hide_our_frames, recorder.saw

    class SimpleQueue(plain_type, metaclass=plain_or_recorded(plain_type)):
        __slots__ = ("_id", "_putter")

        def __new__(cls, *args, **kwargs):
            frame = getframe(1)
            if cls is SimpleQueue and is_made_by_library(frame):
                self = plain_new(plain_type, *args, **kwargs)
                if plain_type.__module__ == "queue":
                    # The one in Python, which no C code makes ready.
                    self.__init__()
                return self
            self = plain_new(cls, *args, **kwargs)
            self._putter = 0
            self._id = define(GET, frame)
            return self

        def put(self, item, block=True, timeout=None):
            try:
                try:
                    self._putter = local.w[3]
                except AttributeError:
                    self._putter = 0
                put(self, item, site_of(getframe(1)))
            except BaseException as error:
                hide(error)
                raise

        def put_nowait(self, item):
            try:
                try:
                    self._putter = local.w[3]
                except AttributeError:
                    self._putter = 0
                put(self, item, site_of(getframe(1)))
            except BaseException as error:
                hide(error)
                raise

        def get(self, block=True, timeout=None):
            try:
                if not block or timeout is not None and timeout <= 0:
                    item = plain_get(self, block, timeout)
                    saw(GET, self._id)
                    return item
                try:
                    item = plain_get(self, False)
                    saw(GET, self._id)
                    return item
                except empty:
                    pass
                return wait(self, timeout, site_of(getframe(1)))
            except BaseException as error:
                hide(error)
                raise

        def get_nowait(self):
            try:
                item = plain_get(self, False)
                saw(GET, self._id)
                return item
            except BaseException as error:
                hide(error)
                raise

    def put_and_tell(self, item, site):
        # First, since a finalizer may use the queue too, and does not come between us and the original.
        plain_put(self, item)
        record(PUT, self._id, 0, site)

    def tell_and_put(self, item, site):
        # What was done before the put has to be known when the item is taken.
        record(PUT, self._id, 0, site)
        plain_put(self, item)

    put = put_and_tell if recorder.end_epoch is None else tell_and_put

    def wait(self, timeout, site):
        record(schema.WAIT | GET | (0 if timeout is None else schema.FLAG_0), self._id, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            item = plain_get(self, True, timeout)
            outcome = schema.OUTCOME_OK
            return item
        except empty:
            outcome = schema.OUTCOME_TIMEOUT
            raise
        finally:
            putter = self._putter if outcome == schema.OUTCOME_OK else 0
            record(schema.GOT | GET | outcome, self._id, putter, site)

    look_like(SimpleQueue, plain_type)
    return SimpleQueue
