"""One consumer that is slower than the producer, and a queue of two.

Advice: queue-fills
"""

import queue
import threading
import time

jobs = queue.Queue(2)


def consume():
    for _ in iter(jobs.get, None):
        time.sleep(0.03)


consumer = threading.Thread(target=consume)
consumer.start()
for number in range(20):
    jobs.put(number)
jobs.put(None)
consumer.join()
