"""`time`: sleep."""

from __future__ import annotations

from .. import _schema as schema
from .. import originals, recorder, sites
from . import _wrap

SLEEP = schema.OPERATIONS["time.sleep"]


def install(module) -> None:
    _wrap.replace(module, "sleep", _sleep)


def _sleep(original):
    getframe, record, site_of = originals.getframe, recorder.record, sites.of_user
    wait, woke, failed = (
        schema.WAIT | SLEEP | schema.FLAG_0,
        schema.GOT | SLEEP,
        schema.GOT | SLEEP | schema.OUTCOME_FAILED,
    )

    def sleep(*args, **kwargs):
        site = site_of(getframe(2))
        record(wait, 0, 0, site)
        try:
            original(*args, **kwargs)
        except BaseException:
            record(failed, 0, 0, site)
            raise
        record(woke, 0, 0, site)

    return sleep
