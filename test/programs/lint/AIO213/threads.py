"""No coroutine at all: the value of the thread is set where the file is imported."""
import threading

desk = threading.local()
desk.pens = 0  # expect: AIO213


def write():
    return desk.pens


threading.Thread(target=write).start()
