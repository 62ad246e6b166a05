"""Python imports this by itself before any user code, in every process below a run (`PYTHONPATH` leads here).

It starts the recorder, makes the path and the list of modules what they are in a plain run, and hands over to the next
`sitecustomize`, or says that there is none.
"""

import os
import sys


def _start() -> None:
    """Starts the recorder; what goes wrong in it must not reach the program."""
    modules_before = set(sys.modules)
    writes_bytecode = sys.dont_write_bytecode
    here = os.path.dirname(os.path.abspath(__file__))
    runtime = os.path.dirname(os.path.dirname(here))
    sys.path.insert(0, runtime)
    # Our own folder may keep compiled files whatever the program wants for its own; start-up is three times as fast.
    sys.dont_write_bytecode = False
    try:
        from interleave_rt import boot_process

        if _in_main_interpreter():
            boot_process.begin()
    except Exception:
        pass
    finally:
        sys.dont_write_bytecode = writes_bytecode
        _forget_path(runtime)
        _forget_path(here)
    # A user's own `struct.py` must be found although we have imported the library's.
    for name in set(sys.modules) - modules_before:
        # `_struct` has state of its own before 3.10, which a second import would change below us.
        is_shadowed = not name.startswith(("interleave_rt", "_")) and name not in sys.builtin_module_names
        if is_shadowed:
            del sys.modules[name]


def _in_main_interpreter() -> bool:
    """False in a subinterpreter, where whoever made it starts the recorder. To ask the modules for it takes longer."""
    import _signal

    try:
        _signal.set_wakeup_fd(-1)  # As it is anyway at this point.
    except ValueError:
        return False
    return True


def _forget_path(folder: str) -> None:
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or os.curdir) != folder]
    sys.path_importer_cache.pop(folder, None)


if os.environ.get("INTERLEAVE_RUN"):
    _start()
    del sys.modules["sitecustomize"]
    # The next one on the path; when there is none, this error says so.
    import sitecustomize  # noqa: F401
