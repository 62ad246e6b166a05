"""Makes locks, queues and the like known: an id, what it is, where it was made and what it is called."""

from __future__ import annotations

from . import _schema as schema
from . import names, recorder, sites


def define(operation: int, frame, made: object = None) -> int:
    """A new object's id, after writing its `object` record.

    `operation` is the type's first operation (from `_schema.OPERATIONS`), `frame` the one that makes the object, or one
    further in: frames of the standard library are stepped over, and so is the `__init__` of a subclass when `made` is
    the object.
    """
    object_id = recorder.new_id()
    try:
        site, name = place(frame, made)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
        # The object is made in any case.
        site, name = 0, ""
    recorder.record(schema.OBJECT | operation, object_id, recorder.text(name), site)
    return object_id


def place(frame, made: object = None) -> tuple:
    """(site id, name or "") of what is being made by this frame or one further out."""
    site = 0
    for _ in range(64):
        if frame is None:
            break
        code = frame.f_code
        if not sites.is_standard_file(code.co_filename):
            name = names.of_result(frame)
            if not site or name:
                site = sites.of_frame(frame)
            if name or made is None or not _makes(frame, made):
                return site, name
        frame = frame.f_back
    return site, ""


def _makes(frame, made: object) -> bool:
    """Whether this is the `__init__` of a subclass, which calls that of the class."""
    names = frame.f_code.co_varnames[:1]
    return frame.f_code.co_name == "__init__" and bool(names) and frame.f_locals.get(names[0]) is made


def is_made_by_library(frame) -> bool:
    """Whether this frame is the standard library's (or ours), which keeps its locks to itself."""
    return sites.is_standard_file(frame.f_code.co_filename)
