"""Dining philosophers who never sit at the table together in this run: nothing hangs, but it could."""
import threading

SEATS = 3
forks = [threading.Lock() for _ in range(SEATS)]
has_eaten = [threading.Event() for _ in range(SEATS + 1)]


def dine(seat):
    with forks[seat]:  # expect: order.cycle
        with forks[(seat + 1) % SEATS]:  # expect: order.cycle
            pass


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(SEATS)]
for philosopher in philosophers:
    philosopher.start()
    philosopher.join()
