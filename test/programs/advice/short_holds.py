"""Workers that hold the lock only to write down what they did outside of it.

Advice: none
"""

import threading
import time

lock = threading.Lock()
done = []


def work():
    for number in range(5):
        time.sleep(0.02)
        with lock:
            done.append(number)


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
