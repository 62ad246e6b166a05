"""A pool of four has pieces of one size.

Advice: none
"""

import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(4) as pool:
    list(pool.map(time.sleep, [0.1, 0.12, 0.1, 0.12] * 2))
