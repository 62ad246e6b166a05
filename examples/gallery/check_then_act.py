"""Check, then act: one seat is sold to several people.

Three sellers work through the same five seats. Each looks whether a
seat is free, takes the money, and writes down the buyer. Between
looking and writing, another seller can sell the same seat.

Look at: the red marks on two of the lanes "seller-0" to "seller-2".
Click one: below the chart stand the line that looks, the line that
writes, and who can come in between. It is found in every run, also when
the numbers happen to be right.

Found: race.check-then-act, from the line that looks to the line that
writes.

Try next: at that line, choose "Confirm this finding" from the light
bulb: the program runs again, and a seller is held right between looking
and writing until another one has passed. Then put the body of `sell`
into a `with self.lock:` and run again.

Takes 3 minutes.
"""

import threading
import time


class Hall:
    def __init__(self):
        self.lock = threading.Lock()
        self.buyers = {}

    def sell(self, seat, buyer):
        if seat not in self.buyers:
            time.sleep(0.02)  # The buyer looks for money.
            self.buyers[seat] = buyer
            print(buyer, "has seat", seat)


def seller(hall, number):
    for seat in range(5):
        hall.sell(seat, "buyer %d-%d" % (number, seat))


def main():
    hall = Hall()
    sellers = [threading.Thread(target=seller, args=(hall, n), name="seller-%d" % n) for n in range(3)]
    for thread in sellers:
        thread.start()
    for thread in sellers:
        thread.join()


if __name__ == "__main__":
    main()
