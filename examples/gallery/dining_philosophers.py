"""Dining philosophers: a deadlock that could have been, in a run that went well.

Five philosophers sit around a table with five forks, and each needs the two beside the
plate. They come one after the other, so all of them eat. If all came at once, each
could take the left fork and wait for the right one for ever.

Look at: the lanes with the names. Hatched is a wait for a fork; select one to see who
holds it, and press E to go there. Press J for lanes of the forks themselves: who had
them when.

Found: order.cycle, although nothing went wrong: the five forks are taken in a circle.

Try next: change `PAUSE` to 0.01 and run again, perhaps twice: it may hang now (press
Stop). Then let everybody take the fork with the lower number first, `left, right =
sorted((left, right))` in `dine`: no `PAUSE` can make it hang.

Takes 3 minutes.
"""

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
            time.sleep(0.3)


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
