"""`_xxsubinterpreters` (up to 3.12) and `_interpreters` (from 3.13): interpreters inside this process.

The recorder is started in each new interpreter by a few lines that run there first; from then on it is a space of its own
with threads of its own. What runs code in an interpreter waits here until that has ended. The queues and executors of
Python 3.14 are built on this module and are covered by it.
"""

from __future__ import annotations

import os

from .. import _schema as schema
from .. import originals, recorder, sites, start
from ..versions import IMPORT_LOCK_IS_PER_INTERPRETER
from . import _wrap

CALL = schema.OPERATIONS["concurrent.interpreters.Interpreter.call"]
EXEC = schema.OPERATIONS["concurrent.interpreters.Interpreter.exec"]
_RUNTIME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Runs in the new interpreter. It must leave nothing behind in its `__main__`, and never fail there.
_CODE = """
def interleave():
    import sys
    before = set(sys.modules)
    sys.path.insert(0, %r)
    try:
        from interleave_rt import start, recorder
        start.start_process(recorder.SUBINTERPRETER, %d, %d, %r, %r)
    except Exception:
        pass
    finally:
        sys.path.remove(%r)
        # A user's own `struct.py` must be found although we have imported the library's.
        for name in set(sys.modules) - before:
            if name.partition(".")[0] != "interleave_rt" and name not in sys.builtin_module_names:
                del sys.modules[name]
try:
    interleave()
finally:
    del interleave
"""


def install(module) -> None:
    run = _wrap.original_of(module, "exec" if hasattr(module, "exec") else "run_string")
    _wrap.replace(module, "create", _create(run))
    _wrap.replace(module, "destroy", _destroy)
    _wrap.replace(module, "run_string", _run(EXEC))
    _wrap.replace(module, "exec", _run(EXEC))
    _wrap.replace(module, "run_func", _run(CALL))
    _wrap.replace(module, "call", _run(CALL))


def interpreter_id(number: int) -> int:
    """The same in all interpreters of this process."""
    return recorder.named_id("interpreter %d %d" % (originals.getpid(), number))


class _Turn:
    """Makes and destroys one subinterpreter at a time, where they all share the import lock of the process.

    What starts the recorder in a new one imports modules. While another one is taken down, each of the two can wait for
    what the other has. Without us there is nothing to import, and plain Python is safe.
    """

    lock = originals.RLock()

    @classmethod
    def renew(cls) -> None:
        cls.lock = originals.RLock()


recorder.after_fork.append(_Turn.renew)


def _in_turn(function):
    if IMPORT_LOCK_IS_PER_INTERPRETER:
        return function

    def in_turn(*args, **kwargs):
        with _Turn.lock:
            return function(*args, **kwargs)

    return in_turn


def _create(run):
    def make(plain):
        def create_and_start(args, kwargs, site):
            made = plain(*args, **kwargs)
            number = int(made)
            recorder.record(schema.INTERPRETER_CREATE, interpreter_id(number), number, site)
            code = _CODE % (
                _RUNTIME, recorder.run.interpreter, number, recorder.run.folder, start.words(), _RUNTIME,
            )  # fmt: skip
            if recorder.run.active:
                try:
                    run(made, code)
                except Exception as error:
                    recorder.fault("What runs in interpreter %d is not shown: %s" % (number, error))
            return made

        original = _in_turn(create_and_start)

        def create(*args, **kwargs):
            return original(args, kwargs, sites.of_user(originals.getframe(2)))

        return create

    return make


def _destroy(plain):
    original = _in_turn(plain)

    def destroy(id, *args, **kwargs):
        result = original(id, *args, **kwargs)
        try:
            number = int(id)
        except (TypeError, ValueError):
            return result
        site = sites.of_user(originals.getframe(2))
        recorder.record(schema.INTERPRETER_END, interpreter_id(number), number, site)
        return result

    return destroy


def _run(operation: int):
    def make(original):
        def run(id, *args, **kwargs):
            try:
                number = int(id)
            except (TypeError, ValueError):
                return original(id, *args, **kwargs)
            known, site = interpreter_id(number), sites.of_user(originals.getframe(2))
            recorder.record(schema.WAIT | operation, known, 0, site)
            outcome = schema.OUTCOME_FAILED
            try:
                result = original(id, *args, **kwargs)
                # `call` gives (result, problem), the others the problem; before 3.13 a problem is raised.
                problem = result[1] if isinstance(result, tuple) and len(result) == 2 else result
                outcome = schema.OUTCOME_OK if problem is None else schema.OUTCOME_FAILED
                return result
            finally:
                recorder.record(schema.GOT | operation | outcome, known, 0, site)

        return run

    return make
