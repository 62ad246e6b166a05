"""Under which name a new object is going to be kept, read from the instructions that follow the call.

`self._lock = threading.Lock()` in a class Cache names it "Cache._lock", `queue = Queue()` names it "queue",
`a, b = Lock(), Lock()` names them "a" and "b", `locks["a"] = Lock()` names it "locks['a']", and what is collected by a comprehension is named "locks[]". Everything else
has no name. This costs a few microseconds once for each place in the code; no source text is needed.
"""

from __future__ import annotations

import os

from . import recorder, sites
from .versions import VERSION

# So far as a store can be from its call: `a, b, c = Lock(), Lock(), Lock()` with what stands between them.
LONGEST_WAY = 64

# Stands on the stack for the result of the call.
RESULT = "\0"
# Calls, and what they take from the stack beside their arguments.
CALLS = {"CALL_FUNCTION": 1, "CALL_METHOD": 2, "CALL_FUNCTION_KW": 2, "CALL": 2, "CALL_KW": 3}
ROTATIONS = {"ROT_TWO": 2, "ROT_THREE": 3, "ROT_FOUR": 4}

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
        if (
            not name
            and code.co_name in ("<listcomp>", "<dictcomp>", "<setcomp>")
            and _is_collected(code, frame.f_lasti)
        ):
            # Before 3.12 a comprehension is a function; its caller keeps what it collects.
            outer = of_result(frame.f_back)
            return outer + "[]" if outer else ""
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        name = ""
    if id(code) not in _known:
        _kept.append(code)
    _known.setdefault(id(code), {})[frame.f_lasti] = name
    return name


def _read(code, last: int, function: str) -> str:
    """Follows the instructions after the call with a stack of names instead of values, until one stores the result.

    `function` is the qualified name of the function that the code is. What lies deeper in the stack is not known.
    """
    stack = [RESULT]
    for operation, argument in _following(code, last):
        stored = _step(code, function, operation, argument, stack)
        if stored is None or not any(RESULT in value for value in stack) and not stored:
            return ""
        if stored:
            return stored
    return ""


def _step(code, function: str, operation: str, argument: int, stack: list):
    """Does one instruction: the name, if it stores the result; "" to go on; None if it is one that we cannot follow."""
    if operation == "STORE_FAST_STORE_FAST":
        first = _store(code, _fast(code, argument >> 4), stack)
        return first or _store(code, _fast(code, argument & 15), stack)
    if operation == "STORE_FAST_LOAD_FAST":
        stored = _store(code, _fast(code, argument >> 4), stack)
        stack.append(_fast(code, argument & 15))
        return stored
    if operation == "STORE_FAST":
        return _store(code, _fast(code, argument), stack)
    if operation == "STORE_DEREF":
        return _store(code, _cell(code, argument), stack)
    if operation in ("STORE_NAME", "STORE_GLOBAL"):
        return _store(code, code.co_names[argument], stack)
    if operation == "STORE_ATTR":
        owner, value = _pop(stack), _pop(stack)
        return _kept_as("%s.%s" % (_of_owner(code, function, owner), code.co_names[argument]), value)
    if operation == "STORE_SUBSCR":
        key, owner, value = _pop(stack), _pop(stack), _pop(stack)
        return _kept_as("%s[%s]" % (_of_owner(code, function, owner), key), value)
    if operation in ("LIST_APPEND", "MAP_ADD", "SET_ADD"):
        # It is in the collection from now on, which lies under a saved variable or nothing when the loop is over.
        stack[:] = ["", RESULT + "[]"]
        return ""
    if operation in ("JUMP_BACKWARD", "JUMP_ABSOLUTE", "POP_TOP", "END_FOR", "POP_ITER"):
        return "" if stack[-1:] == [RESULT + "[]"] else None
    return "" if _load(code, function, operation, argument, stack) or _move(operation, argument, stack) else None


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
        if VERSION >= (3, 11) and argument & 1:
            stack.append("")
    elif operation in ("LOAD_ATTR", "LOAD_METHOD"):
        is_shifted = VERSION >= (3, 12)
        attribute = code.co_names[argument >> 1 if is_shifted else argument]
        stack.append("%s.%s" % (_of_owner(code, function, _pop(stack)), attribute))
        if operation == "LOAD_METHOD" or is_shifted and argument & 1:
            stack.append("")
    elif operation == "LOAD_CONST":
        stack.append(repr(code.co_consts[argument]))
    elif operation in ("LOAD_SMALL_INT", "PUSH_NULL"):
        stack.append(str(argument) if operation == "LOAD_SMALL_INT" else "")
    else:
        return False
    return True


def _move(operation: str, argument: int, stack: list) -> bool:
    """Does what moves values about or makes one of several; False when the instruction is something else."""
    if operation in CALLS:
        del stack[max(0, len(stack) - argument - CALLS[operation]) :]
        stack.append("")
    elif operation in ROTATIONS:
        top = _pop(stack)
        _fill(stack, ROTATIONS[operation] - 1)
        stack.insert(len(stack) - ROTATIONS[operation] + 1, top)
    elif operation == "SWAP":
        _fill(stack, argument)
        stack[-1], stack[-argument] = stack[-argument], stack[-1]
    elif operation in ("COPY", "DUP_TOP"):
        _fill(stack, argument or 1)
        stack.append(stack[-(argument or 1)])
    elif operation in ("BUILD_LIST", "BUILD_SET") and argument:
        _fill(stack, argument)
        holds_result = RESULT in stack[-argument:]
        stack[-argument:] = [RESULT + "[]" if holds_result else ""]
    elif operation == "BUILD_TUPLE":
        # The only use of a tuple that we can follow is to be taken apart again, in the opposite order.
        _fill(stack, argument)
        stack[-argument:] = stack[: -argument - 1 : -1]
    elif operation not in ("UNPACK_SEQUENCE", "PRECALL", "KW_NAMES", "NOP", "NOT_TAKEN", "CACHE"):
        return False
    return True


def _store(code, variable: str, stack: list) -> str:
    is_class_body = not code.co_flags & 1 and code.co_name != "<module>"
    return _kept_as("%s.%s" % (code.co_name, variable) if is_class_body else variable, _pop(stack))


def _kept_as(name: str, value: str) -> str:
    """The name, if the value is the result, with brackets if it is a collection of results; else ""."""
    return name + value[len(RESULT) :] if value.startswith(RESULT) else ""


def _pop(stack: list) -> str:
    return stack.pop() if stack else ""


def _fill(stack: list, depth: int) -> None:
    """Makes the stack so deep, with what we do not know at its bottom."""
    stack[:0] = [""] * (depth - len(stack))


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
