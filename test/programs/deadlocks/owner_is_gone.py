"""A thread ends without giving its lock back; the next one waits for ever."""
# timeout: 3
import threading

lock = threading.Lock()


def forget():
    lock.acquire()  # expect: deadlock.lost-owner


def need():
    with lock:  # expect: deadlock.lost-owner
        pass


for target in (forget, need):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
