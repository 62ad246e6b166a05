"""Shared counter: three threads add to it, and visits get lost.

Each thread reads the counter, does something short, and writes back
what it read plus one. Another thread may have written meanwhile: its
visit is gone. 150 visits are made, fewer are counted.

Look at: the red mark on the lanes "door-0" to "door-2" where the
counter is read and written, and the Problems list, which names both
lines. The last line of the terminal says how many visits were lost this
time.

Found: race.data at the line that writes.

Try next: put the three lines of `enter` into a `with self.lock:` and
run again: all visits are counted, nothing is found, and the lanes show
short hatched waits for the lock, which is its price.

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
