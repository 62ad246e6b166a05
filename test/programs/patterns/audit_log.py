"""Two services that log to each other: each holds its own lock while it calls the other one."""
import threading
import time


class Accounts:
    def __init__(self):
        self.lock = threading.Lock()
        self.audit = None
        self.balance = 100

    def withdraw(self, amount):
        with self.lock:  # expect: order.cycle
            self.balance -= amount
            self.audit.note("withdraw")

    def snapshot(self):
        with self.lock:  # expect: order.cycle
            return self.balance


class Audit:
    def __init__(self, accounts):
        self.lock = threading.Lock()
        self.accounts = accounts
        self.entries = []

    def note(self, what):
        with self.lock:  # expect: order.cycle
            self.entries.append(what)

    def report(self):
        with self.lock:  # expect: order.cycle
            return self.accounts.snapshot(), len(self.entries)


accounts = Accounts()
accounts.audit = audit = Audit(accounts)


def withdraw():
    for _ in range(5):
        accounts.withdraw(1)


def report():
    time.sleep(0.05)
    for _ in range(5):
        audit.report()


threads = [threading.Thread(target=withdraw), threading.Thread(target=report)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(audit.report())
