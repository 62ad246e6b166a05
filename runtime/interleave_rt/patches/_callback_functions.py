"""Functions that run in the middle of other code of the same thread."""

from __future__ import annotations

import sys

from .. import _schema as schema
from .. import recorder


def tell(operation: str, function: object, number: int = 0) -> None:
    """Records that the function is one; by the site that its spans have, so nothing without spans."""
    spans = sys.modules.get("interleave_rt.rewrite.spans")
    if spans is None or not callable(function):
        return
    try:
        site = spans.site_of(function)
        if site:
            recorder.record(schema.CALLBACK | schema.OPERATIONS[operation], 0, number, site)
    except Exception as error:
        if recorder.is_foreign(error):
            raise
