"""Producer and consumers: a short queue makes the fast side wait.

A producer makes parcels quickly, two consumers deliver them slowly, and the queue
between them holds three. Sleeps stand for the work.

Look at: all lanes are hatched, and the words in the bars say for what. "producer"
sleeps shortly at first, and soon waits in `Queue.put` most of the time, since the queue
is full. "consumer-0" and "consumer-1" only sleep, that is work, and wait in `Queue.get`
once, at the start: they are what is short. Press J for the lane of the queue: how full
it was, and how many waited.

Found: nothing.

Try next: change `CONSUMERS` to 6 and run again: six consumers could deliver as fast as
the producer packs, so it hardly waits any more. With 10, the consumers wait in
`Queue.get`. "Compare two runs" shows both under each other.

Takes 2 minutes.
"""

import queue
import threading
import time

CONSUMERS = 2
parcels = queue.Queue(maxsize=3)


def produce():
    for number in range(20):
        time.sleep(0.02)
        parcels.put(number)
    for _ in range(CONSUMERS):
        parcels.put(None)  # Says that there are no more.


def consume():
    while parcels.get() is not None:
        time.sleep(0.12)


def main():
    threads = [threading.Thread(target=consume, name="consumer-%d" % n) for n in range(CONSUMERS)]
    threads.append(threading.Thread(target=produce, name="producer"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("All parcels are delivered.")


if __name__ == "__main__":
    main()
