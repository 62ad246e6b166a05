"""From a running frame to the id of its place in the code, cached by instruction.

Looking a place up on the hot path is two dictionary look-ups by integers; hashing a code object would cost more than all
the rest (it hashes its names and constants each time).
"""

from __future__ import annotations

import gc
import os

from . import _schema as schema
from . import originals, recorder
from .versions import CODE_HAS_POSITIONS

# `types` and `typing` would cost more time to import than all of this.
CodeType = type((lambda: 0).__code__)

_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
_STANDARD = tuple({os.path.dirname(os.__file__) + os.sep, os.path.realpath(os.path.dirname(os.__file__)) + os.sep})
_TESTS = tuple(folder + "test" + os.sep for folder in _STANDARD)
_PACKAGES = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)
try:
    _START = os.path.abspath(os.curdir)
except OSError:
    # The program was started in a folder that is gone.
    _START = os.sep

by_code: dict[int, dict[int, int]] = {}
"""id of a code object -> instruction offset -> site id. Shared by all threads; entries are only added."""
_kept: list[CodeType] = []
"""The code objects behind `by_code`, so that no other one gets their ids."""
boundaries: set[int] = set()
"""ids of code objects that run what was asked for elsewhere, such as a loop's callbacks: beyond them nothing tells why."""
_passed: set[int] = set()
"""ids of code objects of the standard library that are neither the user's nor boundaries, kept alive like the others."""
_calls: set[int] = set()
"""Which calls were told: the place that was reached << 32 | the place of the call."""
_is_user: dict[str, bool] = {}
_is_standard: dict[str, bool] = {}


def is_user_file(file: str) -> bool:
    """Whether code of this file is the user's own: not ours, not the standard library's, not an installed package's."""
    known = _is_user.get(file)
    if known is None:
        known = _is_user[file] = not (is_standard_file(file) or _is_package_file(file))
    return known


def is_standard_file(file: str) -> bool:
    """Whether code of this file is the standard library's, or ours."""
    known = _is_standard.get(file)
    if known is None:
        # Python's own tests use the library as a program does.
        is_inside = file.startswith(_STANDARD) and not file.startswith(_TESTS) and not _is_package_file(file)
        known = _is_standard[file] = is_inside or file.startswith(("<frozen", _HERE))
    return known


def _is_package_file(file: str) -> bool:
    return any(part in file for part in _PACKAGES)


def of_frame(frame) -> int:
    """Site id of the place where this frame is."""
    code = frame.f_code
    try:
        return by_code[id(code)][frame.f_lasti]
    except KeyError:
        return _define(code, frame, frame.f_lasti, frame.f_lineno)


def of_traceback(traceback) -> int:
    """Site id of the place where an exception left a frame, which the frame itself no longer knows."""
    code = traceback.tb_frame.f_code
    try:
        return by_code[id(code)][traceback.tb_lasti]
    except KeyError:
        return _define(code, traceback.tb_frame, traceback.tb_lasti, traceback.tb_lineno)


def here(depth: int = 1) -> int:
    """Site id of the caller's caller (depth 1), whatever code it is."""
    return of_frame(originals.getframe(depth + 1))


def of_user(frame) -> int:
    """Site id of the innermost frame, from this one outwards, that is the user's own code; 0 when none is."""
    for _ in range(64):
        if frame is None:
            return 0
        code = frame.f_code
        key = id(code)
        if key not in _passed:
            if is_user_file(code.co_filename):
                return of_frame(frame)
            if key in boundaries:
                return 0
            if is_standard_file(code.co_filename):
                _kept.append(code)
                _passed.add(key)
        frame = frame.f_back
    return 0


def user_here(depth: int = 1) -> int:
    """Like `of_user`, from the caller's caller outwards."""
    return of_user(originals.getframe(depth + 1))


MOST_CALLS = 10_000
DEEPEST_CALL = 8


def tell_calls(frame, site: int) -> None:
    """Tells from where the innermost function of the user's, from this frame outwards, was called, and that one, and so on.

    `site` is the place in it that is told of.
    """
    frame = _user_frame(frame)
    frames = []
    while frame is not None and len(frames) < DEEPEST_CALL:
        frame = _user_frame(frame.f_back)
        if frame is not None:
            frames.append(frame)
    tell_chain(frames, site)


def tell_chain(frames: list, site: int) -> None:
    """The same for frames that call each other, the innermost first; `site` was reached by them. Known ones end it."""
    try:
        for frame in frames:
            caller = of_frame(frame)
            pair = site << 32 | caller
            if not site or not caller or pair in _calls or len(_calls) >= MOST_CALLS:
                return
            _calls.add(pair)
            recorder.plain_record(schema.CALL, caller, 0, site)
            site = caller
    except Exception as error:
        if recorder.is_foreign(error):
            raise


def _user_frame(frame):
    """The innermost frame from this one outwards that is the user's own; None when none is, or a loop's round comes first."""
    for _ in range(64):
        if frame is None or id(frame.f_code) in boundaries:
            return None
        if is_user_file(frame.f_code.co_filename):
            return frame
        frame = frame.f_back
    return None


def of_function(function: object) -> int:
    """Site id of a function as a whole; 0 when it has no Python code. Sees through partials and bound methods."""
    for _ in range(8):
        inner = getattr(function, "func", None) or getattr(function, "__func__", None)
        if inner is None:
            break
        function = inner
    code = getattr(function, "__code__", None)
    if not isinstance(code, CodeType):
        return 0
    return of_code(code, getattr(function, "__qualname__", code.co_name))


def of_code(code: CodeType, function: str) -> int:
    """Site id of a code object as a whole."""
    try:
        return by_code[id(code)][-2]
    except KeyError:
        site = recorder.define_site(absolute(code.co_filename), function, code.co_firstlineno, 0, -1, -1, whole=True)
        _keep(code)[-2] = site
        return site


def absolute(file: str) -> str:
    """The path as the editor knows it; names such as `<string>` stay."""
    return file if file.startswith("<") else os.path.normpath(os.path.join(_START, file))


def _keep(code: CodeType) -> dict[int, int]:
    known = by_code.get(id(code))
    if known is None:
        _kept.append(code)
        known = by_code.setdefault(id(code), {})
    return known


def _define(code: CodeType, frame, offset: int, line: int | None) -> int:
    """Writes the site; 0 when that fails, since the user's call goes on whatever happens here."""
    try:
        return _define_in(code, frame, offset, line or 0)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        return 0


def _define_in(code: CodeType, frame, offset: int, line: int) -> int:
    end_line, column, end_column = 0, -1, -1
    if CODE_HAS_POSITIONS:
        position = _position(code, offset)
        if position is not None and position[0] is not None:
            line, end_line = position[0], position[1] or 0
            column = -1 if position[2] is None else position[2]
            end_column = -1 if position[3] is None else position[3]
    site = recorder.define_site(
        absolute(code.co_filename), qualified_name(code, frame), line, end_line, column, end_column
    )
    _keep(code)[offset] = site
    return site


def _position(code: CodeType, offset: int):
    for i, position in enumerate(code.co_positions()):  # type: ignore[attr-defined]
        if i * 2 == offset:
            return position
    return None


def qualified_name(code: CodeType, frame) -> str:
    """Name of the function that runs in the frame, with its class.

    Before 3.11 code knows only its bare name; the class of a method's first argument gives the rest.
    """
    if CODE_HAS_POSITIONS:
        return code.co_qualname  # type: ignore[attr-defined]
    if code.co_name == "<module>" or not code.co_argcount or code.co_varnames[0] not in ("self", "cls"):
        return code.co_name
    # Not by `f_locals`, which makes a copy that keeps all the function's variables alive for as long as it runs.
    for value in gc.get_referents(frame):
        kind = value if isinstance(value, type) else type(value)
        for base in kind.__mro__:
            if getattr(base.__dict__.get(code.co_name), "__code__", None) is code:
                return "%s.%s" % (base.__qualname__, code.co_name)
    return code.co_name
