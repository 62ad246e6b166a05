"""Prints its arguments and what it reads, then ends with the status that the first argument says."""

import sys

print("arguments", sys.argv[1:])
print("input", sys.stdin.read())
print("trouble", file=sys.stderr)
sys.exit(int(sys.argv[1]))
