"""Makes locks, queues and the like known: an id, what it is, where it was made and what it is called."""

from __future__ import annotations

from . import _schema as schema
from . import names, recorder, sites


def define(operation: int, frame) -> int:
    """A new object's id, after writing its `object` record.

    `operation` is the type's first operation (from `_schema.OPERATIONS`), `frame` the one that makes the object, or one
    further in: what is neither the user's nor a package's is stepped over, and so is the `__init__` of a subclass.
    """
    object_id = recorder.new_id()
    site, name = place(frame)
    recorder.record(schema.OBJECT | operation, object_id, recorder.text(name), site)
    return object_id


def place(frame) -> tuple:
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
            if name or code.co_name not in ("__init__", "__new__", "__post_init__"):
                return site, name
        frame = frame.f_back
    return site, ""


def is_made_by_library(frame) -> bool:
    """Whether this frame is the standard library's (or ours), which keeps its locks to itself."""
    return sites.is_standard_file(frame.f_code.co_filename)
