"""A thread that waits until it is told to end, and looks up now and then.

Advice: none
"""

import threading
import time

done = threading.Event()


def watch():
    while not done.wait(0.25):
        pass


thread = threading.Thread(target=watch)
thread.start()
time.sleep(0.6)
done.set()
thread.join()
