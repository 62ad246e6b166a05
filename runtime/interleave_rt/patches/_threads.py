"""`threading.Thread`: start, names, end and join, and the wait for all threads when the program ends."""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import originals, recorder, sites
from ..versions import RERAISE_KEEPS_TRACEBACK, THREAD_DELETES_ITSELF
from . import _shown, _starting, _wrap

JOIN = schema.OPERATIONS["threading.Thread.join"]


class State:
    """What we know of one thread object."""

    __slots__ = ("flags", "site", "unit")

    def __init__(self, unit: int, flags: int, site: int = 0) -> None:
        self.unit = unit
        self.flags = flags
        self.site = site


def install(module) -> None:
    thread = module.Thread
    _wrap.put(thread, "_interleave", None)
    for name in ("_start_new_thread", "_start_joinable_thread"):
        if hasattr(module, name):
            # It took them from `_thread`, perhaps before we came.
            _wrap.replace(module, name, _starting.start)
    _wrap.replace(thread, "start", _start)
    _wrap.replace(thread, "join", _join(module))
    _wrap.replace(thread, "_set_ident", _set_ident)
    _wrap.replace(module, "_make_invoke_excepthook", _make_invoke_excepthook)
    _wrap.replace(module, "_shutdown", _shutdown(module))
    if THREAD_DELETES_ITSELF:
        _wrap.replace(thread, "_delete", _delete)
    named = thread.__dict__["name"]
    _wrap.put(thread, "name", property(named.fget, _set_name(named.fset), named.fdel, named.__doc__))
    if module.main_thread()._ident == originals.get_ident():
        name_main_thread(module)
    recorder.after_fork.append(lambda: name_main_thread(module))


def name_main_thread(module) -> None:
    """Tells the name of the thread that runs, which is the main one or has become it in a forked child."""
    # Not by current_thread(): in a forked child its lock may be held by a thread that is no more.
    thread = module._active.get(originals.get_ident())
    if thread is None:
        return
    unit = recorder.current_thread_unit()
    thread._interleave = State(unit, _starting.DAEMON if thread.daemon else 0)
    recorder.record(schema.NAME, unit, recorder.text(thread._name))


def _start(original):
    def start(self):
        try:
            # What is wrong with it is told by the original.
            if self._initialized and not self._started.is_set():
                flags = _starting.DAEMON if self.daemon else 0
                unit = _starting.announce(str(self._name), flags, originals.getframe(1))
                function = getattr(self, "_target", None) or getattr(self, "function", None) or type(self).run
                self._interleave = State(unit, flags, sites.of_function(function))
            original(self)
        except BaseException as error:
            _wrap.hide_our_frames(error)
            raise

    return start


def _set_ident(original):
    """Called in the new thread, first of all."""

    def _set_ident(self):
        original(self)
        state = self._interleave
        if state is not None and THREAD_DELETES_ITSELF:
            _starting.begin(state.unit, state.flags, state.site)
        elif state is None and recorder.run.active:
            # The object for a thread that Python did not start.
            self._interleave = State(recorder.current_thread_unit(), _starting.DAEMON)
            recorder.record(schema.NAME, self._interleave.unit, recorder.text(str(self._name)))

    return _set_ident


def _delete(original):
    """Called in the thread, last of all."""

    def _delete(self):
        _starting.end()
        original(self)

    return _delete


def _make_invoke_excepthook(original):
    """Makes what a thread calls with the exception that has left its function."""

    local, exc_info = recorder.local, sys.exc_info

    def _make_invoke_excepthook():
        invoke = original()

        def invoke_excepthook(thread):
            if exc_info()[0] is not SystemExit:
                local.has_failed = True
            if not RERAISE_KEEPS_TRACEBACK:
                _shown.clean(exc_info()[1])
            invoke(thread)

        return invoke_excepthook

    return _make_invoke_excepthook


def _set_name(original):
    def name(self, name):
        original(self, name)
        state = self._interleave
        if state is not None:
            recorder.record(schema.NAME, state.unit, recorder.text(str(self._name)))

    return name


def _join(module):
    def make(original):
        def join(self, timeout=None):
            try:
                state = self._interleave
                may_wait = state is not None and (timeout is None or timeout > 0)
                if not may_wait or self is module.current_thread() or not self.is_alive():
                    original(self, timeout)
                    if state is not None and not self.is_alive():
                        recorder.saw(JOIN, state.unit, sites.of_user(originals.getframe(1)))
                    return None
                return _join_recorded(original, self, timeout, state, sites.of_user(originals.getframe(1)))
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise

        return join

    return make


def _join_recorded(original, thread, timeout, state: State, site: int) -> None:
    recorder.record(schema.WAIT | JOIN | (0 if timeout is None else schema.FLAG_0), state.unit, 0, site)
    outcome = schema.OUTCOME_FAILED
    try:
        original(thread, timeout)
        outcome = schema.OUTCOME_TIMEOUT if thread.is_alive() else schema.OUTCOME_OK
    finally:
        ender = state.unit if outcome == schema.OUTCOME_OK else 0
        recorder.record(schema.GOT | JOIN | outcome, state.unit, ender, site)


def _shutdown(module):
    """The main thread waits for all others when it has come to its end."""

    def make(original):
        def _shutdown():
            waited = _last_to_end(module)
            if waited is None:
                return original()
            recorder.record(schema.WAIT | JOIN, waited)
            try:
                return original()
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
            finally:
                recorder.record(schema.GOT | JOIN, waited, waited)

        return _shutdown

    return make


def _last_to_end(module):
    """Unit of the youngest thread that must end before the program can, or None."""
    try:
        current = module.current_thread()
        states = [
            thread._interleave
            for thread in module.enumerate()
            if not thread.daemon and thread is not current and thread.is_alive()
        ]
        return next((state.unit for state in reversed(states) if state is not None), None)
    except Exception:
        return None
