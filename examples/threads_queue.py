"""A producer fills a short queue, two consumers empty it.

Look at: the producer waits in `put` whenever the queue is full (it holds two parcels), the consumers wait in `get`
whenever it is empty. At the end the main thread waits in `Queue.join` until every parcel was marked as done.
"""

import queue
import threading

parcels = queue.Queue(maxsize=2)
delivered = []


def produce():
    for number in range(12):
        label = sum(n * number for n in range(3_000)) % 97
        parcels.put((number, label))


def deliver():
    while True:
        parcel = parcels.get()
        if parcel is None:
            parcels.task_done()
            return
        number, label = parcel
        # Delivering takes longer than packing, so the queue fills up.
        delivered.append((number, sum(n % (label + 1) for n in range(80_000))))
        parcels.task_done()


def main():
    consumers = [threading.Thread(target=deliver, name="consumer-%d" % n) for n in range(2)]
    for thread in consumers:
        thread.start()
    producer = threading.Thread(target=produce, name="producer")
    producer.start()
    producer.join()
    for _ in consumers:
        parcels.put(None)
    parcels.join()
    for thread in consumers:
        thread.join()
    print("delivered", len(delivered), "parcels")


if __name__ == "__main__":
    main()
