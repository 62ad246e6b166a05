"""A pool of subinterpreters: Python's own from 3.14 on, before that threads with one of the private module's each.

What runs inside an interpreter is in `in_interpreter`. Interpreters are made, prepared and destroyed by the main thread:
up to 3.12 `threading` takes the thread that imports it first for an interpreter's main thread and waits for it at the end.
"""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from .. import rewrite
from ..patches import _usage
from ..versions import INTERPRETER_POOLS, VERSION
from . import calls, in_interpreter

_RUNTIME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def pool(workers: int, run: dict):
    """An executor whose calls, as given by its `prepared`, run in subinterpreters that have loaded the user's file.

    Raises WrongUse where this Python has none.
    """
    if INTERPRETER_POOLS:
        return _own_pool(workers, run)
    return _ThreadsWithInterpreters(_private_module(), workers, run)


class FailedInInterpreter(Exception):
    """A call failed in another interpreter; `tb` is its traceback as text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tb = text


def _own_pool(workers: int, run: dict):
    from concurrent.futures import InterpreterPoolExecutor  # type: ignore[attr-defined]

    class Pool(InterpreterPoolExecutor):
        def prepared(self, call):
            return call

    return Pool(
        workers, thread_name_prefix=run["function"], initializer=in_interpreter.load,
        initargs=(run["file"], rewrite.what_of(run)),
    )  # fmt: skip


def _private_module():
    name = "_interpreters" if VERSION >= (3, 13) else "_xxsubinterpreters"
    try:
        return __import__(name)
    except ImportError:
        raise calls.WrongUse("This Python has no subinterpreters; CPython has them from 3.8 on.") from None


def _how_to_create() -> dict:
    """3.12 breaks its heap when asyncio runs in interpreters that have a GIL each, so there they share one then."""
    return {"isolated": False} if VERSION == (3, 12) and "asyncio" in sys.modules else {}


class _Call:
    """A call that runs in the interpreter of the thread that it comes to. `func` is the user's."""

    def __init__(self, owner: _ThreadsWithInterpreters, call) -> None:
        self.func = call
        self.__qualname__ = self.__name__ = call.__qualname__
        self._owner = owner

    def __call__(self) -> None:
        self._owner.run(pickle.dumps(self.func))


class _ThreadsWithInterpreters(ThreadPoolExecutor):
    """Each thread takes an interpreter when it starts; a pipe for each carries what fails in it."""

    def __init__(self, module, workers: int, run: dict) -> None:
        self._module = module
        self._local = threading.local()
        self._waiting: queue.SimpleQueue = queue.SimpleQueue()
        self._made: list = []
        try:
            for _ in range(workers):
                self._make(run)
        except BaseException:
            self._destroy()
            raise
        super().__init__(workers, thread_name_prefix=run["function"], initializer=self._take)

    def __exit__(self, *exception):
        try:
            return super().__exit__(*exception)
        finally:
            self._destroy()

    def prepared(self, call) -> _Call:
        """What to submit for a call."""
        return _Call(self, call)

    def run(self, call: bytes) -> None:
        """Runs a pickled call in this thread's interpreter. Raises FailedInInterpreter."""
        _usage.count_sent(len(call))
        self._execute(self._local.interpreter, "run(%r, " % call)

    def _take(self) -> None:
        self._local.interpreter = self._waiting.get()

    def _make(self, run: dict) -> None:
        number = self._module.create(**_how_to_create())
        pipe = os.pipe()
        self._made.append((number, pipe))
        try:
            self._execute((number, pipe), "load_and_tell(%r, %r, " % (run["file"], rewrite.what_of(run)))
        except FailedInInterpreter as error:
            raise calls.WrongUse(
                "The file cannot be loaded in another interpreter: %s" % error.tb.strip().split("\n")[-1]
            ) from None
        self._waiting.put((number, pipe))

    def _execute(self, interpreter: tuple, call: str) -> None:
        number, (pipe_out, pipe_in) = interpreter
        script = _SCRIPT % (_RUNTIME, call + "%d)" % pipe_in)
        problem = None
        try:
            # 3.13 returns what went wrong, older ones raise it.
            problem = (self._module.exec if VERSION >= (3, 13) else self._module.run_string)(number, script)
        except RuntimeError as error:
            problem = error
        if problem is not None:
            raise FailedInInterpreter(str(getattr(problem, "formatted", problem)))
        text = os.read(pipe_out, in_interpreter.LONGEST_MESSAGE).decode("utf-8", "replace")
        if text != in_interpreter.WENT_WELL:
            raise FailedInInterpreter(text)

    def _destroy(self) -> None:
        for number, pipe in self._made:
            try:
                self._module.destroy(number)
            except RuntimeError as error:
                print("A subinterpreter could not be ended: %s" % error, file=sys.stderr)
            os.close(pipe[0])
            os.close(pipe[1])
        self._made = []


_SCRIPT = """
import sys
try:
    import interleave_rt.modes.in_interpreter as _interleave
except ImportError:
    sys.path.insert(0, %r)
    import interleave_rt.modes.in_interpreter as _interleave
    del sys.path[0]
_interleave.%s
"""
