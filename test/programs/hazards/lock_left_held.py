"""An exception comes between acquire and try."""
import threading


class Reader:
    def __init__(self):
        self.lock, self.closed = threading.Lock(), False

    def check(self):
        if self.closed:
            raise ValueError("closed")

    def read(self):
        self.lock.acquire()  # expect: hazard.lock-left-held
        self.check()
        try:
            return b"data"
        finally:
            self.lock.release()


reader = Reader()
reader.read()
reader.closed = True
try:
    reader.read()
except ValueError:
    pass
