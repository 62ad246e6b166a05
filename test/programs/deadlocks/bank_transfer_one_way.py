"""Two accounts, always locked in the same order: correct, though the two lines are the same for both locks."""
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.lock = threading.Lock()
        self.balance = balance


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock:
        with second.lock:
            source.balance -= amount
            target.balance += amount


one, other = Account(1, 100), Account(2, 100)
threads = [
    threading.Thread(target=transfer, args=(one, other, 10)),
    threading.Thread(target=transfer, args=(other, one, 10)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
