"""What rewritten functions call and look at while they run; `span_code` is the other half.

Each function has a budget in its process. A short function that is called over and over would make the program several
times as slow and the trace useless, so after BUDGET calls that came quicker than one in SHORT_NS, or LONG_BUDGET calls
that took less than SHORT_NS each, it is muted and says so. The budget is a list with the function's site for each call
that may be recorded without a look at the clock; at its bottom lies the budget itself, which is no site, so that the
write fails and `begun` decides how to go on. Taking one from a list is the cheapest count that no thread can disturb.

Shared by all threads; races on the counts of a budget cost accuracy only.
"""

from __future__ import annotations

import os
import sys

from .. import _schema as schema
from .. import originals, recorder, sites
from ..versions import RECURSION_ERRORS_MAY_BE_CAUGHT

BUDGET = 512
LONG_BUDGET = 40 * BUDGET
SHORT_NS = 20_000
# Many threads that wait in the same function call it often although each call is long.
LONG_NS = 1_000_000
FIRST_CALLS = 32
MORE_CALLS = 128

# For the code in the functions.
local = recorder.local
now = originals.now
segment_ends = originals.segment_ends
problems = (AttributeError, IndexError, *originals.segment_ends)

_FINALIZER = schema.CALLBACK | schema.OPERATIONS["callback.finalizer"]

RESUME = schema.ENTER | schema.FLAG_0
SUSPEND = schema.LEAVE | schema.FLAG_0

_budgets: list[Budget] = []
"""All budgets of this process."""


class Budget(list):
    """Calls of one function that may still be recorded. Empty: muted."""

    __slots__ = (
        "file",
        "row",
        "site",
        "calls",
        "begin_calls",
        "begin_ns",
        "quick_calls",
        "measured_calls",
        "measured_ns",
    )

    def __init__(self, file: str, row: tuple) -> None:
        self.file = file
        self.row = row
        name, line, end_line, column = row
        self.site = recorder.define_site(file, name, line, end_line, column, -1, whole=True)
        self.restart()

    def restart(self) -> None:
        """Begins anew, as in a forked child."""
        self.calls = 0
        self.begin_calls = 0
        self.begin_ns = 0
        self.quick_calls = 0
        self.measured_calls = 0
        self.measured_ns = 0
        self.clear()
        if self.site:
            self.append(self)
            self.extend([self.site] * (FIRST_CALLS - 1))

    def renew(self) -> bool:
        """More calls, when the last ones are used up; False: the function is muted from now on."""
        time = originals.now()
        if not self.calls:
            self.calls = self.begin_calls = FIRST_CALLS
            self.begin_ns = time
        elif self._is_to_be_muted(time):
            # The call that asks is not recorded any more.
            recorded = self.calls - 1
            recorder.record_in_place(schema.MUTED, recorded, self._mean_ns() * recorded, self.site)
            return False
        self.calls += MORE_CALLS
        self.append(self)
        self.extend([self.site] * (MORE_CALLS - 1))
        return True

    def _is_to_be_muted(self, time: int) -> bool:
        calls = self.calls - self.begin_calls
        # Counted chunk by chunk, so that a chunk in which the thread lost its core does not hide the others.
        if calls and time - self.begin_ns < calls * SHORT_NS:
            self.quick_calls += calls
        self.begin_calls, self.begin_ns = self.calls, time
        mean = self._mean_ns()
        if self.quick_calls >= BUDGET and mean < LONG_NS:
            return True
        return self.calls >= LONG_BUDGET and mean < SHORT_NS

    def _mean_ns(self) -> int:
        return self.measured_ns // max(1, self.measured_calls)

    def __reduce__(self):
        """For those who pickle functions with all that they use (cloudpickle): a budget of the process it comes to."""
        return Budget, (self.file, self.row)

    # A list's own would compare, and print, what is inside: the budget itself.
    __eq__ = object.__eq__
    __hash__ = object.__hash__
    __repr__ = object.__repr__


def register(path: str, table: tuple) -> tuple:
    """The budgets of a module's functions; `table` has (qualified name, line, end line, column) of each."""
    file = sites.absolute(path)
    budgets = tuple([Budget(file, row) for row in table])
    _budgets.extend(budgets)
    for budget in budgets:
        if budget.row[0].endswith(".__del__"):
            recorder.record(_FINALIZER, 0, 0, budget.site)
    return budgets


def site_of(function: object) -> int:
    """Site of a function as its spans have it; 0 when it has none."""
    function = getattr(function, "__func__", function)
    code = getattr(function, "__code__", None)
    if code is None:
        return 0
    file = sites.absolute(code.co_filename)
    for budget in _budgets:
        name, line, end_line, _ = budget.row
        # With decorators, the code begins above `def`.
        is_inside = code.co_firstlineno <= line <= end_line
        if is_inside and budget.file == file and name == getattr(function, "__qualname__", ""):
            return budget.site
    return 0


def begun(span):
    """Records a function's begin where its own code could not; returns its span, None when it is not recorded."""
    try:
        if type(span) is int:
            recorder.record(schema.ENTER, 0, 0, span)
            return span
        if not span.renew():
            return None
        recorder.record_in_place(schema.ENTER, 0, 0, span.site)
        return (span, originals.now())
    except RecursionError:
        if RECURSION_ERRORS_MAY_BE_CAUGHT:
            return None
        raise
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return None


def left(span) -> None:
    """Records a function's end where its own code could not."""
    _leave(span, schema.LEAVE, recorder.record_in_place)


def failed(span) -> None:
    """Records that the exception which is being handled leaves a function."""
    try:
        _leave(span, schema.LEAVE | _outcome(sys.exc_info()[0]))
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return


def suspended(span, budget: Budget):
    """Records that a generator hands out a value; returns what tells `resumed` and `failed` so."""
    if type(span) is Budget:
        return span
    _leave(span, SUSPEND)
    return budget


def resumed(span):
    """Records that a generator goes on after a yield; returns its span, None when it is muted by now."""
    try:
        site = span.pop()
        if type(site) is not int:
            if not span.renew():
                return None
            site = span.site
        recorder.record(RESUME, 0, 0, site)
        return site
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return None


def _leave(span, commit: int, record=recorder.record) -> None:
    try:
        if type(span) is int:
            record(commit, 0, 0, span)
        elif type(span) is tuple:
            budget, begin = span
            record(commit, 0, 0, budget.site)
            budget.measured_calls += 1
            budget.measured_ns += originals.now() - begin
        else:
            # A generator that was suspended and ends: closed, or by an exception that was thrown into it.
            recorder.record(RESUME, 0, 0, span.site)
            recorder.record(commit, 0, 0, span.site)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return


def _outcome(kind) -> int:
    if kind is None or issubclass(kind, GeneratorExit):
        return schema.OUTCOME_OK
    if any(base.__name__ == "CancelledError" for base in kind.__mro__):
        return schema.OUTCOME_CANCELLED
    return schema.OUTCOME_FAILED


def mute_all() -> None:
    """Records nothing more; at the end of the interpreter, when names of modules begin to vanish."""
    for budget in _budgets:
        budget.clear()


def restart_all() -> None:
    """Gives each function a fresh budget, in a forked child."""
    for budget in _budgets:
        if len(budget) != FIRST_CALLS:
            budget.restart()


def install() -> None:
    """Lets the end of the interpreter and a fork reach the budgets. Called once for each interpreter."""
    import atexit

    atexit.register(mute_all)
    if hasattr(os, "register_at_fork") and not recorder.run.interpreter:
        os.register_at_fork(after_in_child=restart_all)
