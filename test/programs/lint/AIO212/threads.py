"""Permits that threads take twice."""
import threading

boats = threading.BoundedSemaphore(4)


def row():
    with boats:
        with boats:  # expect: AIO212
            return True
