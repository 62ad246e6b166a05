"""Work waits for work of its own pool, which has room for both in this run."""
from concurrent.futures import ThreadPoolExecutor
import time

pool = ThreadPoolExecutor(max_workers=2)


def inner():
    time.sleep(0.05)
    return 1


def outer():
    future = pool.submit(inner)  # expect: hazard.nested-submit
    return future.result()  # expect: hazard.nested-submit


print(pool.submit(outer).result())
pool.shutdown()
