import threading

visits = {}


def visited(page):
    """One more visit."""
    with threading.Lock():  # expect: THR101
        visits[page] = visits.get(page, 0) + 1
    return visits[page]
