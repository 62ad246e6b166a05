"""Who finds itself to be the owner of a lock need not take it again; nobody else can make that so."""
import threading
import time


class Owned:
    def __init__(self):
        self._lock = threading.Lock()
        self._owner = None
        self._count = 0

    def acquire(self):
        me = threading.get_ident()
        owner = self._owner
        if me == owner:
            self._count += 1
        else:
            self._lock.acquire()
            self._owner = me
            self._count = 1

    def release(self):
        self._count -= 1
        if self._count == 0:
            self._owner = None
            self._lock.release()


class Table:
    """Made by hand, without a lock: to ask whether there is an owner at all, and then to be it, is not enough."""

    def __init__(self):
        self._owner = None

    def sit_down(self):
        if self._owner is None:  # expect: race.check-then-act
            self._owner = threading.get_ident()  # expect: race.check-then-act


def work(owned, table):
    table.sit_down()
    for _ in range(5):
        owned.acquire()
        owned.acquire()
        time.sleep(0.0005)
        owned.release()
        owned.release()


owned, table = Owned(), Table()
threads = [threading.Thread(target=work, args=(owned, table)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
