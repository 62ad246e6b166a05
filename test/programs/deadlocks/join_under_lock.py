"""Waits for the end of a thread while it holds what that thread needs."""
# timeout: 3
import threading

lock = threading.Lock()
holds = threading.Event()


def work():
    holds.wait()
    with lock:  # expect: deadlock.cycle
        pass


worker = threading.Thread(target=work)
worker.start()
with lock:  # expect: deadlock.cycle
    holds.set()
    worker.join()  # expect: deadlock.cycle
