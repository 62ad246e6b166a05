"""Dining philosophers who all take the fork with the lower number first: correct."""
import threading

SEATS = 3
forks = [threading.Lock() for _ in range(SEATS)]


def dine(seat):
    first, second = sorted((seat, (seat + 1) % SEATS))
    for _ in range(3):
        with forks[first]:
            with forks[second]:
                pass


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(SEATS)]
for philosopher in philosophers:
    philosopher.start()
for philosopher in philosophers:
    philosopher.join()
