"""Dining philosophers: a deadlock that could have been, in a run that went well.

Five philosophers sit around a table with five forks, and each needs the
two beside the plate. They come one after the other, so all of them eat.
If all came at once, each could take the left fork and wait for the
right one for ever.

Look at: the lanes with the names. Full is eating (thin where other
programs have the cores), hatched is waiting for a fork; select a wait
to see who holds the fork, and press E to go to who gave it back. Press
J for lanes of the forks themselves: who had them when.

Found: order.cycle, although nothing went wrong: the five forks are
taken in a circle.

Try next: change `PAUSE` to 0 and run again: it hangs, most likely
(press Stop). Then put `left, right = sorted((left, right))` before the
first `with`, so that everybody takes the fork with the lower number
first: now it cannot hang, and nothing is found.

Takes 3 minutes.
"""

import hashlib
import threading
import time

PAUSE = 0.1
NAMES = ["Aspasia", "Diotima", "Hipparchia", "Hypatia", "Themista"]
forks = [threading.Lock() for _ in NAMES]


def dine(seat):
    left, right = seat, (seat + 1) % len(forks)
    with forks[left]:
        time.sleep(0.02)
        with forks[right]:
            eat()


def eat():
    hashlib.pbkdf2_hmac("sha256", b"bread", b"salt", 500_000)


def main():
    guests = [threading.Thread(target=dine, args=(seat,), name=name) for seat, name in enumerate(NAMES)]
    for guest in guests:
        guest.start()
        time.sleep(PAUSE)
    for guest in guests:
        guest.join()
    print("All have eaten.")


if __name__ == "__main__":
    main()
