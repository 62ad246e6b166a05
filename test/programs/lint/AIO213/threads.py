"""No coroutine at all: the value of the thread is set where the file is imported."""
import threading

desk = threading.local()
desk.pens = 0  # expect: AIO213


def write():
    return desk.pens


threading.Thread(target=write).start()


drawer = threading.local()
drawer.key = None  # expect: AIO213


def open_drawer():
    if drawer.key is None:
        drawer.key = object()
    return drawer.key


threading.Thread(target=open_drawer).start()
