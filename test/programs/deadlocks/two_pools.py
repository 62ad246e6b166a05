"""Work waits for work of another pool: correct."""
from concurrent.futures import ThreadPoolExecutor

outer_pool = ThreadPoolExecutor(max_workers=1)
inner_pool = ThreadPoolExecutor(max_workers=1)


def inner():
    return 1


def outer():
    return inner_pool.submit(inner).result()


with outer_pool, inner_pool:
    print([future.result() for future in [outer_pool.submit(outer) for _ in range(3)]])
