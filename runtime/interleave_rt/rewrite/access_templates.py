"""The code that race mode puts into functions, as templates: `nodes.copy` makes what goes in of them.

While one thread lives, each check is one look at `_interleave_on`. `_slots` in a template stands for one of the ways to
the thread's slots, `_again` for the same once it has been gone.
"""

from __future__ import annotations

import sys

from . import nodes

START = """
try:
    from interleave_rt.rewrite.access_modules import register as _interleave_register
    from interleave_rt.rewrite.access_modules import slots_of as _interleave_fresh, Cells as _interleave_cells
    from interleave_rt.rewrite.accesses import see as _interleave_see
    from interleave_rt.rewrite.accesses import see_key as _interleave_key, see_name as _interleave_name
    from interleave_rt.rewrite.accesses import keep as _interleave_keep, see_kept_key as _interleave_kept
    from interleave_rt.rewrite.accesses import see_item as _interleave_item, see_at_key as _interleave_at
    from interleave_rt.rewrite.accesses import see_cell as _interleave_cell
    from interleave_rt.rewrite.accesses import see_by_name as _interleave_by_name, see_field as _interleave_field
    _interleave_id = id
    _interleave_type = type
    _interleave_tl = _interleave_register(globals(), _path, _table)
except Exception:
    _interleave_tl = None
    _interleave_on = False
_interleave_t = None
"""

# Ways to the slots. In a function they are kept in a local name;
CACHED = nodes.expression_template("_interleave_t or (_interleave_t := _interleave_fresh(_interleave_tl))")
CACHED_AGAIN = nodes.expression_template("_interleave_t")
# a comprehension, which may not bind it, uses the name of its function;
HELD = nodes.expression_template("_interleave_t or _interleave_fresh(_interleave_tl)")
# what may run in another thread than the function, or than it began in, asks each time.
ASKED = nodes.expression_template("_interleave_fresh(_interleave_tl)")

PROLOGUE = nodes.template("""
if _interleave_on:
    try:
        _interleave_t = _interleave_tl.t
    except AttributeError:
        _interleave_t = _interleave_fresh(_interleave_tl)
else:
    _interleave_t = None
""")
RESUMED = nodes.template("_interleave_t = None")
OWNED = nodes.template("_cells = _interleave_cells()")
CELL = nodes.expression_template("""
(_plain if not _interleave_on or _interleave_id(_owner) in (_slots)[%d]
    else _interleave_cell(_again, %d, _owner, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
CHECKS = nodes.template("""
if _interleave_on:
    if _interleave_t is None:
        _interleave_t = _interleave_fresh(_interleave_tl)
""")
CHECK = nodes.template("""
if _interleave_id(_base) not in _interleave_t[%d]:
    _interleave_see(_interleave_t, %d, _base)
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
INLINE = nodes.expression_template("""
(_base if not _interleave_on or _interleave_id(_base) in (_slots)[%d]
    else _interleave_see(_again, %d, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
# Of what only matters for containers: at a method called `add` there is mostly the same type of the user's. To ask for a
# type is much cheaper than to ask for an id, from Python 3.11 on.
TYPED = nodes.expression_template("""
(_base if not _interleave_on or _interleave_type(_base) is (_slots)[_next] or _interleave_id(_base) in (_again)[%d]
    else _interleave_see(_again, %d, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
KNOWS_TYPES = sys.version_info >= (3, 11)
CALLED = nodes.expression_template(
    "(_plain if not _interleave_on else _interleave_see(_slots, %d, _base))" % nodes.PLACE
)
# Of what is asked whether it is true, most is a flag or None. The name holds nothing else, so that nothing lives longer.
TRUTH = nodes.expression_template("""
(_plain if not _interleave_on
    else _interleave_v if (_interleave_v := _base) is None or _interleave_v is True or _interleave_v is False
    else _interleave_see(_slots, %d, _interleave_v, (_interleave_v := None)))
""" % nodes.PLACE)  # fmt: skip
CALLED_ONLY = nodes.expression_template("_interleave_see(_interleave_on and (_slots), %d, _base)" % nodes.PLACE)
KEYED = nodes.expression_template("""
(_plain if not _interleave_on or _interleave_id(_base) in (_slots)[%d]
    else _interleave_key(_again, %d, _base, _key))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
KEYED_NAME = nodes.expression_template("""
(_plain if not _interleave_on or _interleave_id(_base) in (_slots)[%d]
    else _interleave_item(_again, %d, _base, _key))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
TYPED_KEYED_NAME = nodes.expression_template("""
(_plain if not _interleave_on or _interleave_type(_base) is (_slots)[_next] or _interleave_id(_base) in (_again)[%d]
    else _interleave_item(_again, %d, _base, _key))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
KEYED_CHAIN = nodes.expression_template(
    "(_plain if not _interleave_on else _interleave_item(_slots, %d, _base, _key))" % nodes.PLACE
)
KEYED_BASE = nodes.expression_template(
    "(_plain if not _interleave_on else _interleave_at(_slots, %d, _base, _key))" % nodes.PLACE
)
KEPT = nodes.expression_template(
    "(_plain if not _interleave_on else _interleave_keep(_slots, %d, _base))" % nodes.PLACE
)
KEY = nodes.expression_template("(_plain if not _interleave_on else _interleave_kept(_slots, %d, _key))" % nodes.PLACE)
KEY_ONLY = nodes.expression_template("_interleave_kept(_interleave_on and (_slots), %d, _key)" % nodes.PLACE)
NAMED = nodes.expression_template("""
(_plain if not _interleave_on or 1 in (_slots)[%d] else _interleave_name(_again, %d, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
BY_NAME = nodes.expression_template(
    "(_plain if not _interleave_on else _interleave_by_name(_slots, %d, _values))" % nodes.PLACE
)
FIELD = nodes.expression_template("_interleave_field(_interleave_t, %d, _base, _key)" % nodes.PLACE)
