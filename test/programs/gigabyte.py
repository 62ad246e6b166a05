"""Prints a gigabyte."""

import sys

block = b"x" * (1 << 20)
for _ in range(1 << 10):
    sys.stdout.buffer.write(block)
