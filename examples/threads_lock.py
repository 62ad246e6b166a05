"""Four tellers book into one ledger, and only one of them can hold its lock.

Look at: the hatched parts of the lanes "teller-0" to "teller-3". Each is a wait for `Ledger.lock`; click one to see who
held the lock, and where it was given back.
"""

import threading


class Ledger:
    """Balances by account; every change needs the lock."""

    def __init__(self):
        self.lock = threading.Lock()
        self.balances = {}

    def book(self, account, amount):
        with self.lock:
            # The work is done while the lock is held, so that the other tellers have to wait for it.
            fee = sum(step * step for step in range(20_000)) % 3
            self.balances[account] = self.balances.get(account, 0) + amount - fee


def teller(ledger, number, opening):
    opening.wait()
    for booking in range(12):
        ledger.book("account-%d" % (booking % 3), number + booking)


def main():
    ledger, opening = Ledger(), threading.Barrier(4)
    tellers = [threading.Thread(target=teller, args=(ledger, n, opening), name="teller-%d" % n) for n in range(4)]
    for thread in tellers:
        thread.start()
    for thread in tellers:
        thread.join()
    for account, balance in sorted(ledger.balances.items()):
        print(account, balance)


if __name__ == "__main__":
    main()
