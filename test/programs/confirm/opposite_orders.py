"""Two locks are taken in opposite orders, by threads that are too short to meet."""
# confirm: order.cycle
import threading

first = threading.Lock()
second = threading.RLock()


def one():
    with first:
        with second:
            pass


def other():
    with second:
        first.acquire()
        first.release()


threads = [threading.Thread(target=target) for target in (one, other)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
