"""Imports its neighbour, which hides a standard module."""

import queue

print(queue.NAME)
