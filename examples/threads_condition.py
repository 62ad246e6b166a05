"""Cooks wait on a condition until the waiter has brought an order.

Look at: the cooks' lanes. A cook waits at `threading.Condition.wait`, which gives the lock away for as long; the arrow at
the wait's end leads to the `notify` of the waiter.
"""

import threading
import time


class Counter:
    """Orders between the waiter and the cooks, and a condition that tells of new ones."""

    def __init__(self):
        self.changed = threading.Condition()
        self.orders = []
        self.closed = False

    def bring(self, order):
        with self.changed:
            self.orders.append(order)
            self.changed.notify()

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def take(self):
        """The next order, or None when the kitchen has closed."""
        with self.changed:
            self.changed.wait_for(lambda: self.orders or self.closed)
            return self.orders.pop(0) if self.orders else None


def cook(counter, dishes):
    while True:
        order = counter.take()
        if order is None:
            return
        time.sleep(0.05)  # It simmers.
        dishes.append(order)


def main():
    counter, dishes = Counter(), []
    cooks = [threading.Thread(target=cook, args=(counter, dishes), name="cook-%d" % n) for n in range(2)]
    for thread in cooks:
        thread.start()
    for order in ("soup", "stew", "salad", "pasta", "curry", "cake"):
        time.sleep(0.03)
        counter.bring(order)
    counter.close()
    for thread in cooks:
        thread.join()
    print("served", sorted(dishes))


if __name__ == "__main__":
    main()
