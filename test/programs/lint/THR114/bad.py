"""Accounts and hosts: looked up in one section, changed in the next."""
import threading
from threading import Lock as Mutex

_stock = {}
_stock_lock = Mutex()


def restock(article, convert):
    with _stock_lock:
        amount = _stock.get(article, 0)
    amount = amount + convert(article)
    with _stock_lock:
        _stock[article] = amount  # expect: THR114


class Account:
    def __init__(self):
        self._lock = threading.Lock()
        self._balance = 0
        self._limits = {}

    def deposit(self, amount, rate):
        with self._lock:
            balance = self._balance
        total = balance + rate(amount)
        with self._lock:
            self._balance = total  # expect: THR114

    def withdraw(self, amount, audit):
        with self._lock:
            enough = self._balance >= amount
        if not enough:
            return False
        audit(amount)
        with self._lock:
            self._balance -= amount  # expect: THR114
        return True

    def limit(self, name):
        with self._lock:
            return self._limits[name]

    def set_limit(self, name, value):
        with self._lock:
            self._limits[name] = value

    def raise_limit(self, name, by):
        value = self.limit(name)
        value = value + int(by)
        self.set_limit(name, value)  # expect: THR114

    def double_limit(self, name):
        self.set_limit(name, self.limit(name) * 2)  # expect: THR114


class Line:
    def __init__(self, host):
        self.host = host


class Lines:
    def __init__(self):
        self._mutex = threading.RLock()
        self._lines = {}

    def line_to(self, host):
        with self._mutex:
            line = self._lines.get(host)
        if line is None:
            line = Line(host)
            with self._mutex:
                self._lines[host] = line  # expect: THR114
        return line
