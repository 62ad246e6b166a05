"""Locks in opposite orders, but a flag in a file lets the second thread begin only when the first one has done its part."""
# not reproduced: order.cycle
import os
import tempfile
import threading
import time

first = threading.Lock()
second = threading.Lock()
folder = tempfile.mkdtemp()
flag = os.path.join(folder, "done")


def one():
    with first:
        with second:
            pass
    open(flag, "w").close()


def other():
    while not os.path.exists(flag):
        time.sleep(0.001)
    with second:
        with first:
            pass


threads = [threading.Thread(target=target) for target in (one, other)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
os.unlink(flag)
os.rmdir(folder)
