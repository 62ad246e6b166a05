"""Each thread is joined before the next one is started.

Advice: false-concurrency
"""

import threading
import time


def fetch(number):
    time.sleep(0.05 + number / 1000)


for each in range(5):
    thread = threading.Thread(target=fetch, args=(each,))
    thread.start()
    thread.join()
