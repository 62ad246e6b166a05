"""`concurrent.interpreters` (from 3.14): queues between interpreters. They have one id in all interpreters."""

from __future__ import annotations

from .. import _schema as schema
from .. import objects, originals, recorder, sites
from . import _wrap

GET = schema.OPERATIONS["concurrent.interpreters.Queue.get"]
PUT = schema.OPERATIONS["concurrent.interpreters.Queue.put"]


def install(module) -> None:
    queue = module.Queue
    _wrap.replace(module, "create", _create)
    _wrap.replace(queue, "get", _get(module.QueueEmpty))
    _wrap.replace(queue, "get_nowait", _get_nowait)
    _wrap.replace(queue, "put", _put(module.QueueFull))
    _wrap.replace(queue, "put_nowait", _put_nowait)


def _queue_id(queue) -> int:
    return recorder.named_id("interpreters queue %d %d" % (originals.getpid(), queue.id))


def _create(original):
    def create(*args, **kwargs):
        try:
            queue = original(*args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        site, name = objects.place(originals.getframe(1))
        recorder.record(schema.OBJECT | GET, _queue_id(queue), recorder.text(name), site)
        return queue

    return create


def _inner(frame) -> bool:
    """Whether the module calls itself: `get` uses `get_nowait`."""
    return frame.f_globals.get("__name__") == "concurrent.interpreters._queues"


def _get(empty):
    def make(original):
        def get(self, block=True, timeout=None, **more):
            known, site = _queue_id(self), sites.of_user(originals.getframe(1))
            recorder.record(schema.WAIT | GET | _limited(block, timeout), known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                item = original(self, block, timeout, **more)
                outcome = schema.OUTCOME_OK
                return item
            except BaseException as error:
                if isinstance(error, empty):
                    outcome = schema.OUTCOME_TIMEOUT if block else schema.OUTCOME_REFUSED
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | GET | outcome, known, 0, site)

        return get

    return make


def _get_nowait(original):
    def get_nowait(self):
        frame = originals.getframe(1)
        outcome = schema.OUTCOME_REFUSED
        try:
            item = original(self)
            outcome = schema.OUTCOME_OK
            return item
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            if not _inner(frame):
                recorder.record(schema.GOT | GET | outcome, _queue_id(self), 0, sites.of_user(frame))

    return get_nowait


def _put(full):
    def make(original):
        def put(self, obj, block=True, timeout=None, **more):
            known, site = _queue_id(self), sites.of_user(originals.getframe(1))
            waits = block and self.maxsize > 0 and self.full()
            recorder.record(schema.SIGNAL | PUT, known, 0, site)
            if waits:
                recorder.record(schema.WAIT | PUT | _limited(block, timeout), known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                original(self, obj, block, timeout, **more)
                outcome = schema.OUTCOME_OK
            except BaseException as error:
                if isinstance(error, full):
                    outcome = schema.OUTCOME_TIMEOUT
                _wrap.hide_our_frames(error)
                raise
            finally:
                if waits:
                    recorder.record(schema.GOT | PUT | outcome, known, 0, site)

        return put

    return make


def _put_nowait(original):
    def put_nowait(self, obj, **more):
        frame = originals.getframe(1)
        if not _inner(frame):
            recorder.record(schema.SIGNAL | PUT, _queue_id(self), 0, sites.of_user(frame))
        try:
            original(self, obj, **more)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return put_nowait


def _limited(block, timeout) -> int:
    return schema.FLAG_0 if not block or timeout is not None else 0
