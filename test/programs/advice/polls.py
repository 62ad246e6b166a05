"""A thread that looks every few milliseconds whether it is to end.

Advice: busy-waiting
"""

import threading
import time

done = threading.Event()


def watch():
    while not done.wait(0.005):
        pass


thread = threading.Thread(target=watch)
thread.start()
time.sleep(0.6)
done.set()
thread.join()
