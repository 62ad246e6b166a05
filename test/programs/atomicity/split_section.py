"""A balance that is read under the lock and written under it, by two calls: what comes between is lost."""
import threading


class Account:
    def __init__(self):
        self.lock = threading.Lock()
        self.balance = 0

    def get(self):
        with self.lock:
            return self.balance  # expect: atomicity.split-section

    def set(self, balance):
        with self.lock:
            self.balance = balance  # expect: atomicity.split-section

    def deposit(self, amount):
        self.set(self.get() + amount)  # expect: atomicity.split-section


account = Account()
threads = [threading.Thread(target=account.deposit, args=(10,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(account.get())
