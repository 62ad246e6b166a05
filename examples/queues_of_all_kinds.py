"""A stack, a queue by priority, and a simple queue, each between two threads.

Look at: the bars with "LifoQueue.get", "PriorityQueue.get" and "SimpleQueue.get". Each consumer waits for its first item, and
the arrow comes from the thread that put it. The full stack makes "cook" wait in `put`.
"""

import queue
import threading
import time

plates = queue.LifoQueue(maxsize=2)
tickets = queue.PriorityQueue()
bell = queue.SimpleQueue()


def cook():
    time.sleep(0.05)  # The kitchen is cold: all others wait.
    for number in range(4):
        plates.put("plate %d" % number)
    tickets.put((2, "dessert"))
    tickets.put((1, "soup"))
    bell.put("done")


def wash():
    for _ in range(4):
        plates.get()
        time.sleep(0.02)


def serve():
    first, _ = tickets.get(), tickets.get()
    print("first out:", first[1])


def listen():
    print("bell:", bell.get())


def main():
    threads = [threading.Thread(target=work, name=work.__name__) for work in (wash, serve, listen, cook)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
