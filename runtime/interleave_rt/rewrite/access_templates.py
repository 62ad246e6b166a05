"""The code that race mode puts into functions, as templates: `nodes.copy` makes what goes in of them."""

from __future__ import annotations

from . import nodes

START = """
try:
    from interleave_rt.rewrite import accesses as _interleave_accesses
    from interleave_rt.rewrite.accesses import see as _interleave_see, slots_of as _interleave_fresh
    from interleave_rt.rewrite.accesses import see_key as _interleave_key, see_name as _interleave_name
    from interleave_rt.rewrite.accesses import keep as _interleave_keep, see_kept_key as _interleave_kept
    from interleave_rt.rewrite.accesses import see_cell as _interleave_cell, Cells as _interleave_cells
    _interleave_id = id
    _interleave_tl = _interleave_accesses.register(globals(), _path, _table)
except Exception:
    _interleave_tl = None
    _interleave_on = False
_interleave_t = None
"""
PROLOGUE = nodes.template("""
try:
    _interleave_t = _interleave_tl.t if _interleave_on else None
except AttributeError:
    _interleave_t = _interleave_fresh(_interleave_tl)
""")
REFRESH = nodes.template("""
if _interleave_on and _interleave_t is None:
    _interleave_t = _interleave_fresh(_interleave_tl)
""")
RESUMED = nodes.template("""
if _interleave_on:
    _interleave_t = _interleave_fresh(_interleave_tl)
""")
OWNED = nodes.template("_cells = _interleave_cells()")
CELL = nodes.expression_template("""
(_plain if _interleave_t is None or _interleave_id(_owner) in _interleave_t[%d]
    else _interleave_cell(_interleave_t, %d, _owner, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
CHECKS = nodes.template("""
if _interleave_t is not None:
    pass
""")
CHECK = nodes.template("""
if _interleave_id(_base) not in _interleave_t[%d]:
    _interleave_see(_interleave_t, %d, _base)
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
INLINE = nodes.expression_template("""
(_base if _interleave_t is None or _interleave_id(_base) in _interleave_t[%d]
    else _interleave_see(_interleave_t, %d, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
CALLED = nodes.expression_template(
    "(_plain if _interleave_t is None else _interleave_see(_interleave_t, %d, _base))" % nodes.PLACE
)
CALLED_ONLY = nodes.expression_template("_interleave_see(_interleave_t, %d, _base)" % nodes.PLACE)
KEYED = nodes.expression_template("""
(_plain if _interleave_t is None or _interleave_id(_base) in _interleave_t[%d]
    else _interleave_key(_interleave_t, %d, _base, _key))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
ELSEWHERE = nodes.expression_template("""
(_plain if not _interleave_on else _interleave_see(_interleave_fresh(_interleave_tl), %d, _base))
""" % nodes.PLACE)  # fmt: skip
KEPT = nodes.expression_template(
    "(_plain if _interleave_t is None else _interleave_keep(_interleave_t, %d, _base))" % nodes.PLACE
)
KEY = nodes.expression_template(
    "(_plain if _interleave_t is None else _interleave_kept(_interleave_t, %d, _key))" % nodes.PLACE
)
KEY_ONLY = nodes.expression_template("_interleave_kept(_interleave_t, %d, _key)" % nodes.PLACE)
NAMED = nodes.expression_template("""
(_plain if _interleave_t is None or 1 in _interleave_t[%d] else _interleave_name(_interleave_t, %d, _base))
""" % (nodes.PLACE, nodes.PLACE))  # fmt: skip
