"""A pool of four has small pieces and one large one.

Advice: uneven-work
"""

import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(4) as pool:
    list(pool.map(time.sleep, [0.1, 0.1, 0.1, 0.6]))
