"""Marks of your own on Interleave's timeline.

    import interleave

    interleave.mark("phase 2")

While Interleave runs the program this module is there by itself. To run the program elsewhere too, copy this one file
beside it as `interleave.py`: without Interleave `mark` does nothing.
"""

import sys


def mark(label):
    """Marks this moment with a label, in the thread or task that calls. Never raises, and returns None."""
    marks = sys.modules.get("interleave_rt.marks")
    if marks is not None:
        marks.record(label, sys._getframe(1))
