"""Two workers for twenty jobs that only wait.

Advice: pool-exhausted
"""

import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(2) as pool:
    list(pool.map(time.sleep, [0.05] * 20))
