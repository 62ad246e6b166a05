"""Is itself named like a standard module."""

print(__name__)
