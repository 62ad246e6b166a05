"""A worker for each of the jobs.

Advice: none
"""

import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(20) as pool:
    list(pool.map(time.sleep, [0.2] * 20))
