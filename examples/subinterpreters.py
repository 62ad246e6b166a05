"""Interpreters inside one process: each has its own modules and, since Python 3.12, its own lock around the interpreter.

Look at: the interpreters' lanes inside the process. The threads of the main interpreter wait for "their" interpreter, and
from Python 3.12 on the interpreters run at the same time on different cores.
"""

import sys
import threading

CODE = """
total = 0
for number in range(150_000):
    total = (total + number * number) % 1_009
"""


def low_level():
    """(create, run, destroy) of this Python's interpreters module, or None when it has none."""
    if sys.version_info >= (3, 14):
        from concurrent import interpreters

        return interpreters.create, lambda interpreter: interpreter.exec(CODE), lambda interpreter: interpreter.close()
    try:
        if sys.version_info >= (3, 13):
            import _interpreters as module

            return module.create, lambda number: module.exec(number, CODE), module.destroy
        import _xxsubinterpreters as module  # type: ignore[no-redef]

        return module.create, lambda number: module.run_string(number, CODE), module.destroy
    except ImportError:
        return None


def main():
    functions = low_level()
    if functions is None:
        print("This Python has no interpreters module.")
        return
    create, run, destroy = functions
    interpreters = [create() for _ in range(2)]
    threads = [
        threading.Thread(target=run, args=(interpreter,), name="for interpreter %d" % number)
        for number, interpreter in enumerate(interpreters)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for interpreter in interpreters:
        destroy(interpreter)
    print("ran in", len(interpreters), "interpreters")


if __name__ == "__main__":
    main()
