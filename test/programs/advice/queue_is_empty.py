"""Three consumers, and a producer that is slower than one of them.

Advice: queue-starves
"""

import queue
import threading
import time

jobs = queue.Queue()


def consume():
    for _ in iter(jobs.get, None):
        time.sleep(0.001)


consumers = [threading.Thread(target=consume) for _ in range(3)]
for consumer in consumers:
    consumer.start()
for number in range(40):
    time.sleep(0.02)
    jobs.put(number)
for consumer in consumers:
    jobs.put(None)
for consumer in consumers:
    consumer.join()
