"""Producer and consumers: a short queue makes the fast side wait.

A producer packs parcels quickly, two consumers deliver them slowly, and
the queue between them holds three. The work is computing that needs no
GIL, so that all of them can run at the same time.

Look at: the lane "producer", full at first, then mostly hatched: it
waits in `Queue.put`, since the queue is full. "consumer-0" and
"consumer-1" are full, since there is always a parcel for them (where
they are thin, other programs have the cores): they are what is short.
Press J for the lane of the queue: how full it was and how many waited.

Found: nothing.

Try next: change `DELIVERING` to 1 and run again. Now the consumers are
hatched, waiting in `Queue.get`, and the producer is what is short.
"Compare two runs" shows both under each other.

Takes 2 minutes.
"""

import hashlib
import queue
import threading

PACKING = 1
DELIVERING = 6
parcels = queue.Queue(maxsize=3)


def compute(amount):
    hashlib.pbkdf2_hmac("sha256", b"parcel", b"salt", amount * 12_000)


def produce():
    for number in range(20):
        compute(PACKING)
        parcels.put(number)
    parcels.put(None)
    parcels.put(None)  # Says to each consumer that there are no more.


def consume():
    while parcels.get() is not None:
        compute(DELIVERING)


def main():
    threads = [threading.Thread(target=consume, name="consumer-%d" % n) for n in range(2)]
    threads.append(threading.Thread(target=produce, name="producer"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("All parcels are delivered.")


if __name__ == "__main__":
    main()
