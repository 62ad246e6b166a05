"""All threads are started before the first one is joined.

Advice: none
"""

import threading
import time


def fetch(number):
    time.sleep(0.05 + number / 1000)


threads = [threading.Thread(target=fetch, args=(each,)) for each in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
