"""From the name of a function and an expression for its inputs to calls, or to a sentence that says what is wrong."""

from __future__ import annotations

import functools
import inspect
import os
from typing import Callable, Iterable, Optional

LONGEST_NAME = 48


class WrongUse(Exception):
    """The user asked for something that cannot be done; the text is one sentence for the user."""


def find_function(module, name: str) -> Callable:
    """The function of this name, `Class.method` included: a method of an object gets one that was made without arguments."""
    file = os.path.basename(module.__file__)
    found = module
    owner: object = None
    for part in name.split("."):
        owner = found
        try:
            found = getattr(found, part)
        except AttributeError:
            raise WrongUse("%s has no function %s." % (file, name)) from None
    if not callable(found):
        raise WrongUse("%s in %s is no function but %s." % (name, file, _a_kind(found)))
    if isinstance(found, type):
        raise WrongUse("%s in %s is a class; name one of its methods." % (name, file))
    if isinstance(owner, type) and not _is_bound_or_static(owner, name.rpartition(".")[2]):
        try:
            found = getattr(owner(), name.rpartition(".")[2])
        except Exception as error:
            raise WrongUse(
                "%s needs an object, and %s() cannot be made without arguments: %s" % (name, owner.__name__, error)
            ) from None
    inner = inspect.unwrap(found) if not inspect.ismethod(found) else found
    if inspect.isgeneratorfunction(inner) or inspect.isasyncgenfunction(inner):
        raise WrongUse("%s is a generator, whose body runs only while somebody asks it for values." % name)
    return found


def evaluate_inputs(module, function: Callable, expression: Optional[str], workers: int) -> list:
    """The arguments of each call, as tuples."""
    takes_none = not _takes_positional(function)
    if not (expression or "").strip():
        if _can_be_called_with(function, ()) is None:
            return [()] * workers
        raise WrongUse("%s has parameters: give inputs, such as range(8)." % _name(function))
    try:
        values: Iterable = eval(compile(expression.strip(), "<inputs>", "eval"), module.__dict__)  # type: ignore[union-attr]
    except Exception as error:
        raise WrongUse(
            "The inputs %s cannot be evaluated: %s: %s" % (expression, type(error).__name__, error)
        ) from None
    try:
        values = list(values)
    except TypeError:
        raise WrongUse("The inputs %s are %s, not a series of inputs." % (expression, _a_kind(values))) from None
    except Exception as error:
        raise WrongUse("The inputs %s cannot be read: %s: %s" % (expression, type(error).__name__, error)) from None
    if takes_none:
        return [()] * len(values)
    inputs = [value if isinstance(value, tuple) else (value,) for value in values]
    if inputs:
        problem = _can_be_called_with(function, inputs[0])
        if problem:
            raise WrongUse("%s cannot be called: %s." % (name_of_call(_name(function), inputs[0]), problem))
    return inputs


def calls_of(function: Callable, name: str, inputs: list) -> list:
    """One callable for each input; its `__qualname__` is what the timeline shows, such as `work(3)`."""
    made = []
    runs = Coroutine(function) if inspect.iscoroutinefunction(function) else function
    for number, arguments in enumerate(inputs, 1):
        call = Call(runs, *arguments)
        text = name_of_call(name, arguments) if arguments else "%s() #%d" % (name, number)
        call.__qualname__ = call.__name__ = text  # type: ignore[attr-defined]
        made.append(call)
    return made


class Call(functools.partial):
    """A function with its arguments and a name of its own.

    A partial adds no frame and shows the recorder the function inside; multiprocessing would lose a plain one's name.
    """


class Coroutine:
    """Calls an `async def` where no loop runs; `func` is what the recorder shows."""

    def __init__(self, function: Callable) -> None:
        self.func = function

    def __call__(self, *arguments):
        import asyncio

        return asyncio.run(self.func(*arguments))


def name_of_call(name: str, arguments: tuple) -> str:
    """`name(arguments)`, shortened in the middle of what the arguments say."""
    try:
        text = ", ".join([repr(each) for each in arguments])
    except Exception:
        text = ", ".join([type(each).__name__ for each in arguments])
    room = max(8, LONGEST_NAME - len(name) - 2)
    if len(text) > room:
        text = text[: room - 3] + "..."
    return "%s(%s)" % (name, text)


def _is_bound_or_static(owner: type, name: str) -> bool:
    return isinstance(inspect.getattr_static(owner, name), (staticmethod, classmethod))


def _takes_positional(function: Callable) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return True
    kinds = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        inspect.Parameter.VAR_POSITIONAL,
    )
    return any(parameter.kind in kinds for parameter in parameters)


def _can_be_called_with(function: Callable, arguments: tuple) -> Optional[str]:
    """What is wrong with these arguments; None when nothing is, or nobody can tell."""
    try:
        inspect.signature(function).bind(*arguments)
    except TypeError as error:
        return str(error)
    except ValueError:
        pass
    return None


def _name(function: Callable) -> str:
    return getattr(function, "__qualname__", None) or type(function).__name__


def _a_kind(value: object) -> str:
    if value is None:
        return "None"
    kind = type(value).__name__
    return ("an " if kind[:1].lower() in "aeiou" else "a ") + kind
