"""Many short holds of one lock, with a switch of threads in each.

Advice: lock-convoy
"""

import threading
import time

lock = threading.Lock()


def work():
    for _ in range(150):
        with lock:
            time.sleep(0.0003)
        time.sleep(0)


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
