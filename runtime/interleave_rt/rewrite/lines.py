"""Makes the code that we add invisible to debuggers before Python 3.11, where code cannot be compiled without a line.

The end of a rewritten function was compiled with the line of its `def`, which no other instruction of its body has
(unless all stands on that one line, where it does not matter). In the finished table of lines such a range becomes part
of the one before it: no line event, no line in a traceback.
"""

from __future__ import annotations

import sys

# `types` and `typing` would cost more time to import than all of this, and the user may have modules of these names.
CodeType = type((lambda: 0).__code__)


def hide_added_code(code: CodeType, functions: list) -> CodeType:
    """The same code with the added ends of these functions taken out of the tables of lines."""
    if sys.version_info >= (3, 11):
        return code
    marks = {}
    for scope in functions:
        decorators = scope.node.decorator_list
        first = decorators[0].lineno if decorators else scope.node.lineno
        marks[first, scope.node.name] = scope.node.lineno
    return _hide(code, marks)


def _hide(code: CodeType, marks: dict) -> CodeType:
    constants = tuple(_hide(each, marks) if isinstance(each, CodeType) else each for each in code.co_consts)
    mark = marks.get((code.co_firstlineno, code.co_name))
    if mark is None:
        return code.replace(co_consts=constants)
    if sys.version_info >= (3, 10):
        return code.replace(co_consts=constants, co_linetable=_merged_ranges(code, mark))  # type: ignore[call-arg]
    return code.replace(co_consts=constants, co_lnotab=_merged_starts(code, mark))


def _merged_starts(code: CodeType, mark: int) -> bytes:
    """3.8 and 3.9: pairs of (bytes of code, lines) that lead from one start of a line to the next."""
    table = bytearray()
    line = code.co_firstlineno
    offset = written_offset = 0
    written_line = line
    starts = []
    for step, lines in zip(code.co_lnotab[::2], code.co_lnotab[1::2]):
        if step:
            starts.append((offset, line))
        offset += step
        line += lines - 256 if lines >= 128 else lines
    starts.append((offset, line))
    for offset, line in starts:
        if line == written_line or (line == mark and offset > 0):
            continue
        step, lines = offset - written_offset, line - written_line
        while step > 255:
            table += b"\xff\x00"
            step -= 255
        while not -128 <= lines <= 127:
            part = 127 if lines > 0 else -128
            table += bytes((step, part & 0xFF))
            step, lines = 0, lines - part
        table += bytes((step, lines & 0xFF))
        written_offset, written_line = offset, line
    return bytes(table)


def _merged_ranges(code: CodeType, mark: int) -> bytes:
    """3.10: pairs of (bytes of code, lines since the range before; -128 for code without a line)."""
    ranges: list[list] = []
    for start, end, line in code.co_lines():  # type: ignore[attr-defined]
        if ranges and line in (mark, ranges[-1][2]):
            ranges[-1][1] = end
        else:
            ranges.append([start, end, line])
    table = bytearray()
    written = code.co_firstlineno
    for start, end, line in ranges:
        step, lines = end - start, -128
        if line is not None:
            lines = line - written
            written = line
            while not -127 <= lines <= 127:
                part = 127 if lines > 0 else -127
                table += bytes((0, part & 0xFF))
                lines -= part
        while step > 254:
            table += bytes((254, lines & 0xFF))
            step -= 254
            lines = lines if line is None else 0
        table += bytes((step, lines & 0xFF))
    return bytes(table)
