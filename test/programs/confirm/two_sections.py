"""A balance is read in one critical section and written in the next one."""
# confirm: atomicity.split-section
import threading

lock = threading.Lock()


class Account:
    balance = 0


account = Account()


def deposit(amount):
    with lock:
        balance = account.balance
    balance += amount
    with lock:
        account.balance = balance


threads = [threading.Thread(target=deposit, args=(1,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
