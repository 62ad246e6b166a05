"""The program's own marks: `interleave.mark("phase 2")`, with a module that is there while we record."""

from __future__ import annotations

import _frozen_importlib_external as importing
import os
import sys

from . import _schema as schema
from . import recorder, sites

NAME = "interleave"
MOST_CHARACTERS = 200
_FILE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), NAME, "__init__.py")


class _Finder:
    """Asked last, so that a module of the user's own with this name is found before ours."""

    def find_spec(self, name, path=None, target=None):
        return importing.spec_from_file_location(NAME, _FILE) if name == NAME else None


def install() -> None:
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())


def record(label, frame) -> None:
    """Records that a frame of the program's marks this moment; what goes wrong must not reach the program."""
    if not recorder.run.active:
        return
    try:
        recorder.record(schema.MARK, 0, recorder.text(str(label)[:MOST_CHARACTERS]), sites.of_frame(frame))
    except Exception as error:
        recorder.fault("A mark is missing: %s: %s" % (type(error).__name__, error))
