"""`multiprocessing.connection`: pipes, and `wait` for several things at once.

Both ends of a pipe have one id, which goes along when an end is inherited or sent to another process. The end of a socket
connection (`Client`, `Listener`) has an id of its own: the other end may be on another machine.
"""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import originals, recorder
from . import _processes, _usage, _wrap

_O = schema.OPERATIONS
IDLE = _O["multiprocessing.server.idle"]
RECEIVE = _O["multiprocessing.Connection.recv"]
SEND = _O["multiprocessing.Connection.send"]
POLL = _O["multiprocessing.Connection.poll"]
WAIT = _O["multiprocessing.connection.wait"]


def install(module) -> None:
    base = module._ConnectionBase
    for name in ("recv", "recv_bytes", "recv_bytes_into"):
        _wrap.replace(base, name, _receive)
    for name in ("send", "send_bytes"):
        _wrap.replace(base, name, _send)
    _wrap.replace(base, "poll", _poll)
    if _usage.is_on:
        for kind in (getattr(module, name, None) for name in ("Connection", "PipeConnection")):
            if kind is not None:
                _wrap.replace(kind, "_send_bytes", _counted)
    _wrap.replace(module, "Pipe", _pipe)
    _wrap.replace(module, "wait", _wait)
    for kind, reducer in (("Connection", "reduce_connection"), ("PipeConnection", "reduce_pipe_connection")):
        if hasattr(module, kind) and hasattr(module, reducer):
            _wrap.replace(module, reducer, _reduce)
            module.reduction.register(getattr(module, kind), getattr(module, reducer))


def _pipe(original):
    def Pipe(*args, **kwargs):
        try:
            ends = original(*args, **kwargs)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        frame = _processes.maker(originals.getframe(1))
        if not _processes.by_library(frame):
            known = _processes.attached_id(ends[0])
            ends[1].__dict__["_interleave_id"] = known
            _processes.announce(RECEIVE, known, frame)
        return ends

    return Pipe


def _reduce(original):
    def reduce_connection(conn):
        try:
            reduced = original(conn)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        known = conn.__dict__.get("_interleave_id")
        if known is None or len(reduced) != 2:
            return reduced
        return (*reduced, {"_interleave_id": known})

    return reduce_connection


def _receive(original):
    def receive(self, *args, **kwargs):
        try:
            frame = originals.getframe(1)
            if _processes.by_library(frame):
                # A manager's thread between two requests; what it does for a request may be the user's code.
                if frame.f_code.co_name == "serve_client":
                    return _processes.idle_while(IDLE)(original)(self, *args, **kwargs)
                return original(self, *args, **kwargs)
            return _waiting(original, RECEIVE, self, args, kwargs, _processes.site_of(frame))
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return receive


def _send(original):
    def send(self, *args, **kwargs):
        try:
            frame = originals.getframe(1)
            if _processes.by_library(frame):
                return original(self, *args, **kwargs)
            site = _processes.site_of(frame)
            recorder.record(schema.SIGNAL | SEND, _processes.attached_id(self), 0, site)
            # It waits as well, when the pipe is full.
            return _waiting(original, SEND, self, args, kwargs, site)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return send


def _counted(original):
    def _send_bytes(self, buf):
        _usage.count_sent(len(buf))
        return original(self, buf)

    return _send_bytes


def _waiting(original, operation: int, connection, args, kwargs, site: int):
    known = _processes.attached_id(connection)
    recorder.record(schema.WAIT | operation, known, 0, site)
    outcome = schema.OUTCOME_FAILED
    try:
        result = original(connection, *args, **kwargs)
        outcome = schema.OUTCOME_OK
        return result
    except EOFError:
        # The other side has closed the pipe, which is an ordinary end.
        outcome = schema.OUTCOME_OK
        raise
    finally:
        recorder.record(schema.GOT | operation | outcome, known, 0, site)


def _poll(original):
    def poll(self, timeout=0.0):
        frame = originals.getframe(1)
        waits = timeout is None or timeout > 0
        if not waits or _processes.by_library(frame):
            try:
                return original(self, timeout)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        known, site = _processes.attached_id(self), _processes.site_of(frame)
        recorder.record(schema.WAIT | POLL | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
        outcome = schema.OUTCOME_FAILED
        try:
            ready = original(self, timeout)
            outcome = schema.OUTCOME_OK if ready else schema.OUTCOME_TIMEOUT
            return ready
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | POLL | outcome, known, 0, site)

    return poll


def _wait(original):
    def wait(object_list, timeout=None):
        frame = originals.getframe(1)
        if _processes.by_library(frame) or (timeout is not None and timeout <= 0):
            try:
                return original(object_list, timeout)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        objects = list(object_list)
        known = _id_of(objects[0]) if len(objects) == 1 else 0
        site = _processes.site_of(frame)
        recorder.record(schema.WAIT | WAIT | (schema.FLAG_0 if timeout is not None else 0), known, 0, site)
        outcome, by = schema.OUTCOME_FAILED, 0
        try:
            ready = original(objects, timeout)
            outcome = schema.OUTCOME_OK if ready else schema.OUTCOME_TIMEOUT
            by = _id_of(ready[0]) if ready else 0
            return ready
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise
        finally:
            recorder.record(schema.GOT | WAIT | outcome, known or by, 0, site)

    return wait


def _id_of(thing) -> int:
    """Id of a connection, or of the process whose sentinel this is; 0 for anything else."""
    if isinstance(thing, int):
        process = sys.modules["multiprocessing.process"]
        for child in list(process._children):
            if getattr(child, "_sentinel", None) == thing:
                return child.__dict__.get("_interleave_id", 0)
        return 0
    if hasattr(thing, "__dict__") and hasattr(thing, "recv_bytes"):
        return _processes.attached_id(thing)
    return 0
