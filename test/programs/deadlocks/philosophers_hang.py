"""Dining philosophers: each takes the left fork, then waits for the right one for ever."""
# timeout: 4
import threading

SEATS = 3
forks = [threading.Lock() for _ in range(SEATS)]
all_have_one = threading.Barrier(SEATS)


def dine(seat):
    with forks[seat]:  # expect: deadlock.cycle, order.cycle
        all_have_one.wait()
        with forks[(seat + 1) % SEATS]:  # expect: deadlock.cycle, order.cycle
            pass


for seat in range(SEATS):
    threading.Thread(target=dine, args=(seat,), name=f"philosopher {seat}").start()
