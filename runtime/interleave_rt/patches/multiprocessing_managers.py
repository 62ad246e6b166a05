"""`multiprocessing.managers`: each use of a proxy is a message to the manager's server and a wait for the answer."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder
from . import _processes, _wrap

IDLE = schema.OPERATIONS["multiprocessing.server.idle"]
MANAGER = schema.OPERATIONS["multiprocessing.Manager"]


def install(module) -> None:
    _wrap.replace(module.BaseProxy, "_callmethod", _callmethod)
    _wrap.replace(module.BaseProxy, "__init__", _made)
    for name in ("serve_forever", "accepter"):
        _wrap.replace(module.Server, name, _processes.idle_while(IDLE))


def _object_id(proxy) -> int:
    """The same in all processes that have a proxy of the same object."""
    try:
        return proxy.__dict__["_interleave_id"]
    except KeyError:
        known = recorder.named_id("proxy %s %s" % (proxy._token.address, proxy._token.id))
        proxy.__dict__["_interleave_id"] = known
        return known


def _made(original):
    def __init__(self, token, *args, **kwargs):
        try:
            original(self, token, *args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        name = recorder.text(token.typeid)
        recorder.record(schema.OBJECT | MANAGER, _object_id(self), name, _processes.site_of(originals.getframe(1)))

    return __init__


def _callmethod(original):
    def _callmethod(self, methodname, args=(), kwds={}):
        site = _processes.site_of(originals.getframe(1))
        known = _object_id(self)
        recorder.record(schema.WAIT | MANAGER, known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            result = original(self, methodname, args, kwds)
            outcome = schema.OUTCOME_OK
            return result
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | MANAGER | outcome, known, 0, site)

    return _callmethod
