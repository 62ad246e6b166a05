"""All who could put are gone; the one who gets waits for ever."""
# timeout: 3
import queue
import threading

items = queue.Queue()


def produce():
    items.put(1)


def consume():
    items.get()
    items.get()  # expect: deadlock.stuck


threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
