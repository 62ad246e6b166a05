"""The only worker of a pool waits for work that is queued in the same pool."""
# timeout: 3
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=1)


def inner():
    return 1


def outer():
    future = pool.submit(inner)  # expect: deadlock.pool
    return future.result()  # expect: deadlock.pool, hazard.nested-submit


pool.submit(outer).result()
