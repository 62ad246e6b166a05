import threading


class Account:
    def __init__(self):
        self._lock = threading.Lock()
        self.balance = 0

    def pay_in(self, amount):
        if not self._lock.acquire(timeout=1):  # expect: THR103
            raise TimeoutError
        try:
            self.balance += amount
        finally:
            self._lock.release()

    def pay_out(self, amount):
        if amount > 0:
            if not self._lock.acquire(True, timeout=2):  # expect: THR103
                raise TimeoutError
            try:
                self.balance -= amount
            finally:
                self._lock.release()
