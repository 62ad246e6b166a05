"""Under which name a new object is going to be kept, read from the instructions that follow the call.

`self._lock = threading.Lock()` in a class Cache names it "Cache._lock", `queue = Queue()` names it "queue",
`locks["a"] = Lock()` names it "locks['a']", and what is collected by a comprehension is named "locks[]". Everything else
has no name. This costs a few microseconds once for each place in the code; no source text is needed.
"""

from __future__ import annotations

import os

from . import sites
from .versions import VERSION

# So far as a store can be from its call: the end of a comprehension, the object, the attribute.
LONGEST_WAY = 24

_operations: dict[int, str] = {}
_known: dict[int, dict[int, str]] = {}
"""id of a code object -> instruction offset -> name. Shared by all threads; entries are only added."""
_kept: list = []
"""The code objects behind `_known`, so that no other one gets their ids."""


def of_result(frame) -> str:
    """Name under which the result of the call that this frame is in will be kept, or ""."""
    code = frame.f_code
    try:
        return _known[id(code)][frame.f_lasti]
    except KeyError:
        pass
    try:
        name = _read(code, frame.f_lasti, sites.qualified_name(code, frame))
        if not name and code.co_name in ("<listcomp>", "<dictcomp>", "<setcomp>") and _is_collected(code, frame.f_lasti):
            # Before 3.12 a comprehension is a function; its caller keeps what it collects.
            outer = of_result(frame.f_back)
            return outer + "[]" if outer else ""
    except Exception:
        name = ""
    if id(code) not in _known:
        _kept.append(code)
    _known.setdefault(id(code), {})[frame.f_lasti] = name
    return name


def _read(code, last: int, function: str) -> str:
    """Follows the instructions after the call with a stack of names instead of values, until one stores the result.

    `function` is the qualified name of the function that the code is.
    """
    stack = [""]
    collected = restores = False
    for operation, argument in _following(code, last):
        if operation == "STORE_FAST_STORE_FAST":
            first, second = _fast(code, argument >> 4), _fast(code, argument & 15)
            return _finish(code, second if restores else first, collected)
        if operation in ("STORE_FAST", "STORE_DEREF") and restores:
            restores = False
        elif operation == "STORE_FAST_LOAD_FAST":
            if not restores:
                return _finish(code, _fast(code, argument >> 4), collected)
            restores = False
            stack.append(_fast(code, argument & 15))
        elif operation == "STORE_FAST":
            return _finish(code, _fast(code, argument), collected)
        elif operation == "STORE_DEREF":
            return _finish(code, _cell(code, argument), collected)
        elif operation in ("STORE_NAME", "STORE_GLOBAL"):
            return _finish(code, code.co_names[argument], collected)
        elif operation == "STORE_ATTR":
            return _finish_attribute(code, function, stack[-1], code.co_names[argument], collected)
        elif operation == "STORE_SUBSCR":
            return "%s[%s]" % (_of_owner(code, function, stack[-2]), stack[-1])
        elif operation in ("LIST_APPEND", "MAP_ADD", "SET_ADD"):
            collected, stack = True, [""]
        elif operation == "SWAP":
            if not collected:
                return ""  # One of several results, which are stored in another order.
            restores = True
        elif operation in ("DUP_TOP", "COPY", "NOP", "NOT_TAKEN", "CACHE", "POP_ITER", "END_FOR"):
            pass
        elif operation in ("JUMP_BACKWARD", "JUMP_ABSOLUTE", "POP_TOP") and collected:
            pass
        elif not _load(code, function, operation, argument, stack):
            return ""
    return ""


def _load(code, function: str, operation: str, argument: int, stack: list) -> bool:
    """Puts the name of what is loaded on the stack; False when the instruction is something else."""
    if operation in ("LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK"):
        stack.append(_fast(code, argument))
    elif operation in ("LOAD_FAST_LOAD_FAST", "LOAD_FAST_BORROW_LOAD_FAST_BORROW"):
        stack += [_fast(code, argument >> 4), _fast(code, argument & 15)]
    elif operation == "LOAD_DEREF":
        stack.append(_cell(code, argument))
    elif operation == "LOAD_NAME":
        stack.append(code.co_names[argument])
    elif operation == "LOAD_GLOBAL":
        stack.append(code.co_names[argument >> 1 if VERSION >= (3, 11) else argument])
    elif operation == "LOAD_ATTR":
        attribute = code.co_names[argument >> 1 if VERSION >= (3, 12) else argument]
        stack[-1] = "%s.%s" % (_of_owner(code, function, stack[-1]), attribute)
    elif operation == "LOAD_CONST":
        stack.append(repr(code.co_consts[argument]))
    elif operation == "LOAD_SMALL_INT":
        stack.append(str(argument))
    else:
        return False
    return True


def _finish(code, variable: str, collected: bool) -> str:
    is_class_body = not code.co_flags & 1 and code.co_name != "<module>"
    if is_class_body:
        variable = "%s.%s" % (code.co_name, variable)
    return variable + "[]" if collected else variable


def _finish_attribute(code, function: str, owner: str, attribute: str, collected: bool) -> str:
    name = "%s.%s" % (_of_owner(code, function, owner), attribute)
    return name + "[]" if collected else name


def _of_owner(code, function: str, variable: str) -> str:
    """The class, where the variable is the object that the method is called on and the class is known."""
    if code.co_varnames[:1] != (variable,):
        return variable
    parts = function.split(".")
    return parts[-2] if len(parts) > 1 and parts[-2] != "<locals>" else variable


def _is_collected(code, last: int) -> bool:
    return any(operation in ("LIST_APPEND", "MAP_ADD", "SET_ADD") for operation, _ in _following(code, last))


def _following(code, last: int):
    """(instruction, argument) after the call at this offset."""
    operations = _operations or _load_operations()
    instructions = code.co_code
    extended = 0
    for offset in range(last + 2, min(len(instructions), last + 2 + 2 * LONGEST_WAY), 2):
        argument = instructions[offset + 1] | extended
        operation = operations.get(instructions[offset], "")
        extended = argument << 8 if operation == "EXTENDED_ARG" else 0
        if operation != "EXTENDED_ARG":
            yield operation, argument


def _fast(code, index: int) -> str:
    return code._varname_from_oparg(index) if VERSION >= (3, 11) else code.co_varnames[index]


def _cell(code, index: int) -> str:
    return code._varname_from_oparg(index) if VERSION >= (3, 11) else (code.co_cellvars + code.co_freevars)[index]


def _load_operations() -> dict:
    """The numbers of the instructions. Not by `import`: the program may have an `opcode.py` of its own."""
    import _frozen_importlib_external as importing

    name = "_opcode_metadata" if VERSION >= (3, 13) else "opcode"
    path = os.path.join(os.path.dirname(os.__file__), name + ".py")
    found: dict = {"__name__": name}
    exec(importing.SourceFileLoader(name, path).get_code(name), found)
    _operations.update({number: operation for operation, number in found["opmap"].items()})
    return _operations
