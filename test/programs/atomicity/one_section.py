"""A balance that is read and written in one critical section, by way of a re-entrant lock: correct."""
import threading


class Account:
    def __init__(self):
        self.lock = threading.RLock()
        self.balance = 0

    def get(self):
        with self.lock:
            return self.balance

    def set(self, balance):
        with self.lock:
            self.balance = balance

    def deposit(self, amount):
        with self.lock:
            self.set(self.get() + amount)


account = Account()
threads = [threading.Thread(target=account.deposit, args=(10,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(account.get())
