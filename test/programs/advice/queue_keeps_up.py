"""A consumer that is quicker than the producer.

Advice: none
"""

import queue
import threading
import time

jobs = queue.Queue(2)


def consume():
    for _ in iter(jobs.get, None):
        time.sleep(0.001)


consumer = threading.Thread(target=consume)
consumer.start()
for number in range(20):
    time.sleep(0.02)
    jobs.put(number)
jobs.put(None)
consumer.join()
