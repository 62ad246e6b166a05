import threading

permits = threading.Semaphore(3)
single_lock = threading.Lock()
go = threading.Event()


class Orders:
    def __init__(self):
        self._lock = threading.Lock()
        self._index_lock = threading.Lock()
        self._soon_lock = threading.Lock()
        self._filled = threading.Condition(self._lock)
        self._emptied = threading.Condition(self._lock)
        self._orders = []
        self._index = {}

    def take(self):
        with self._filled:
            while not self._orders:
                self._filled.wait()
            order = self._orders.pop()
        with self._index_lock:
            self._index[order] = "taken"
        return order

    def take_under_the_lock(self):
        """It is the condition's own lock."""
        with self._lock:
            while not self._orders:
                self._filled.wait()
            self._emptied.notify()
            return self._orders.pop()

    def put(self, order):
        with self._emptied:
            self._emptied.wait_for(lambda: len(self._orders) < 9)
            self._orders.append(order)
            self._filled.notify()

    def index_inside(self, order):
        """The second lock is taken and given back before the wait."""
        with self._filled:
            with self._index_lock:
                self._index[order] = "awaited"
            while order not in self._orders:
                self._filled.wait()

    def take_soon(self, order):
        with self._soon_lock:
            with self._filled:
                while order not in self._orders:
                    if not self._filled.wait(1):
                        return None
                return self._orders.pop()

    def nobody_soon(self):
        with self._soon_lock:
            return None


class Server:
    """Who waits for the start does so behind a lock that the started thread does not need."""

    def __init__(self):
        self._lock = threading.Lock()
        self._is_ready = threading.Event()
        self._thread = None

    def start(self):
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run)
                self._thread.start()
                self._is_ready.wait()

    def _run(self):
        self._is_ready.set()

    def is_started(self):
        with self._lock:
            return self._thread is not None


def some_at_once():
    with permits:
        go.wait()


def more_at_once():
    with permits:
        go.set()


def one_after_the_other():
    """The lock is taken nowhere else."""
    with single_lock:
        go.wait()


def stranger(lock, event):
    with lock:
        event.wait()


def stranger_too(lock):
    with lock:
        return True
