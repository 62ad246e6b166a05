"""Joins a thread under a lock that it takes; this time it was through with it before."""
import threading
import time

lock = threading.Lock()
is_through = threading.Event()


def work():
    with lock:  # expect: order.join
        pass
    is_through.set()
    time.sleep(0.1)


worker = threading.Thread(target=work)
worker.start()
is_through.wait()
with lock:  # expect: order.join
    worker.join()  # expect: order.join
