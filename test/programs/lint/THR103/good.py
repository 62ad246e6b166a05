import threading

table_lock = threading.Lock()
gate = threading.Lock()
seats = threading.Semaphore(10)


def rewrite(rows, table):
    if not table_lock.acquire(timeout=1):
        raise TimeoutError
    try:
        table.update(rows)
    finally:
        table_lock.release()


def rewrite_if_free(rows, table):
    got_it = table_lock.acquire(blocking=False)
    if got_it:
        try:
            table.update(rows)
        finally:
            table_lock.release()


def rewrite_for_sure(rows, table):
    table_lock.acquire(True, -1)
    try:
        table.update(rows)
    finally:
        table_lock.release()


def free_all():
    while seats.acquire(blocking=False):
        pass


def must_be_free(name):
    assert table_lock.acquire(timeout=1), name
    table_lock.release()


def open_gate():
    """Open it, whether it was open or not."""
    gate.acquire(blocking=False)
    gate.release()


def shut_gate():
    """Shut it, whether it was shut or not."""
    gate.acquire(False)


def sit(guest):
    seats.acquire(timeout=None)
    guest.sit()


class Monitor:
    def __init__(self):
        self._lock = threading.RLock()
        self._stopped = threading.Event()

    def acquire(self, blocking=True, timeout=-1):
        return self._lock.acquire(blocking, timeout)

    def take(self, timeout=-1):
        self._lock.acquire(timeout=timeout)
        return self

    def check(self, look):
        while not self._stopped.is_set():
            look()
            self._stopped.wait(10)


class Door:
    def __init__(self, patience=None):
        self._lock = threading.Lock()
        self._patience = patience

    def open(self):
        self._lock.acquire(timeout=self._patience or -1)
        return self

    def open_some_time(self):
        self._lock.acquire(True, self._patience)
        return self


class Crane:
    def acquire(self, timeout):
        return timeout


def lift(load):
    crane = Crane()
    crane.acquire(timeout=3)
    return load
