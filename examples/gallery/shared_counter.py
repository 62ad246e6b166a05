"""Shared counter: three threads add to it, and visits get lost.

Each thread reads the counter, does something short, and writes back
what it read plus one. Another thread may have written meanwhile: its
visit is gone. 150 visits are made, fewer are counted.

Look at: the red marks on two of the lanes "door-0" to "door-2". Click
one: below the chart stands who reads and writes what, and where. The
Problems list and the margin have it as well. The last line of the
terminal says how many visits were lost this time.

Found: race.data at the line that writes.

Try next: put the three lines of `enter` into a `with self.lock:` and
run again: all visits are counted, nothing is found, and the lanes show
waits for the lock, which are its price.

Takes 2 minutes.
"""

import threading
import time


class Visits:
    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0

    def enter(self):
        before = self.count
        time.sleep(0.001)
        self.count = before + 1


def door(visits):
    for _ in range(50):
        visits.enter()


def main():
    visits = Visits()
    doors = [threading.Thread(target=door, args=(visits,), name="door-%d" % n) for n in range(3)]
    for thread in doors:
        thread.start()
    for thread in doors:
        thread.join()
    print("150 visits,", visits.count, "counted")


if __name__ == "__main__":
    main()
