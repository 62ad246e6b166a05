import threading

visits = {}


_lock = threading.Lock()


def visited(page):
    """One more visit."""
    with _lock:  # expect: THR101
        visits[page] = visits.get(page, 0) + 1
    return visits[page]
