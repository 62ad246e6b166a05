"""Deadlock: two transfers, each waiting for the other's account.

One thread moves money from Ada to Grace and locks Ada first. The other
one moves money back and locks Grace first. Each then waits for the lock
that the other one has, for ever. The program does not end by itself.

Look at: the lanes "there" and "back". Both end in a hatched wait that
never stops; its words say who holds the lock: for each it is the other
one. MainThread waits for them in vain.

Found: deadlock.cycle as soon as it happens, and order.cycle, its cause:
two locks taken in opposite orders.

Try next: stop the program. Then take the locks in an order that is the
same for all: in `transfer`, put
`first, second = sorted((source, target), key=id)` in place of the first
line. Run again: it ends, and nothing is found.

Takes 3 minutes.
"""

import threading
import time


class Account:
    def __init__(self, name):
        self.name = name
        self.lock = threading.Lock()
        self.balance = 100


def transfer(source, target):
    first, second = source, target
    with first.lock:
        time.sleep(0.3)  # The other thread takes its first lock.
        with second.lock:
            source.balance -= 10
            target.balance += 10


def main():
    ada, grace = Account("Ada"), Account("Grace")
    there = threading.Thread(target=transfer, args=(ada, grace), name="there")
    back = threading.Thread(target=transfer, args=(grace, ada), name="back")
    there.start()
    back.start()
    there.join()
    back.join()
    print("Ada has", ada.balance, "and Grace has", grace.balance)


if __name__ == "__main__":
    main()
