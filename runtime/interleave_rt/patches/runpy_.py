"""`runpy`: files that are run by their path are rewritten, among them the program's own in children by spawn.

Such a child imports the main file again under another name; without this its functions would be missing there.
"""

from __future__ import annotations

from .. import recorder, sites, start
from . import _wrap


def install(module) -> None:
    _wrap.replace(module, "_get_code_from_file", _get_code_from_file)


def _get_code_from_file(original):
    def _get_code_from_file(*args):
        # (run_name, fname) and a pair as result before 3.12, (fname) and only the code from then on.
        path = args[-1]
        code = _rewritten(path)
        if code is None:
            try:
                return original(*args)
            except BaseException as error:
                _wrap.hide_our_frames(error)
                raise
        return code if len(args) == 1 else (code, path)

    return _get_code_from_file


def _rewritten(path):
    """None when there is nothing to rewrite, or when Python has something to say about the file."""
    try:
        if not isinstance(path, str) or not sites.is_user_file(path):
            return None
        return start.rewritten(path)
    except (OSError, SyntaxError, ValueError):
        return None
    except Exception as error:
        recorder.fault("The functions of %s are not shown: %s: %s" % (path, type(error).__name__, error))
        return None
