"""Two accounts of one class, locked in the order of the call: the same two lines, both orders."""
# confirm: order.cycle
import threading


class Account:
    def __init__(self, balance):
        self.lock = threading.Lock()
        self.balance = balance


def transfer(source, target, amount):
    with source.lock, target.lock:
        source.balance -= amount
        target.balance += amount


first, second = Account(100), Account(100)
there = threading.Thread(target=transfer, args=(first, second, 10))
back = threading.Thread(target=transfer, args=(second, first, 10))
there.start()
back.start()
there.join()
back.join()
