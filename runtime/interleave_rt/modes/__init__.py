"""Runs one function of the user's file over given inputs, in one of five ways, so that they can be compared.

The program that Python runs is a driver of one line. It loads the user's file under the name that multiprocessing gives
to the program's file in its workers (`__mp_main__`), so that the `if __name__ == "__main__"` block is not run, and so
that functions and classes are the same thing in the driver and in all workers, however these were started. It evaluates
the inputs in the file's names and hands each to the function: a tuple as its arguments, anything else as its only one;
a function without parameters is called once for each input. What the function returns is not shown; what it raises is,
and the other inputs run on.

Exit status: 0; 1 when an input failed; 2 with one sentence when the function or the inputs cannot be used.
"""

from __future__ import annotations

from types import CodeType

MODES = ("sequential", "thread", "async", "process", "interpreter")


def compile_driver(run: dict) -> CodeType:
    """The code that runs as `__main__` for a mode or a selection; `run` is the content of run.json. Never raises."""
    if run.get("function"):
        names = ("file", "mode", "function", "inputs", "workers", "spans", "race")
        return _call("interleave_rt.modes.driver", "main", {name: run.get(name) for name in names})
    from .. import rewrite
    from ..rewrite import main

    try:
        return main.compile_main(run["file"], rewrite.what_of(run), run["selection"])
    except SyntaxError as error:
        return _call("interleave_rt.modes.failures", "end_with_syntax_error", (str(error.msg), error.args[1]))
    except (ValueError, OSError) as error:
        return _call("interleave_rt.modes.failures", "end_with_sentence", "%s: %s" % (run["file"], error))


def _call(module: str, function: str, argument: object) -> CodeType:
    text = "__import__(%r, None, None, [%r]).%s(%r)" % (module, function, function, argument)
    return compile(text, "<interleave>", "exec")
