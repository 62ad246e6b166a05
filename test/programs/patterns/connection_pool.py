"""A pool of connections that are made up to a number, taken and given back under a condition: correct."""
import contextlib
import threading
import time


class Connection:
    def __init__(self, number):
        self.number = number
        self.queries = 0
        self.in_transaction = False

    def execute(self):
        self.in_transaction = True
        self.queries += 1
        time.sleep(0.0005)
        self.in_transaction = False


class Pool:
    def __init__(self, most):
        self._most = most
        self._made = 0
        self._free = []
        self._changed = threading.Condition()
        self._closed = False

    @contextlib.contextmanager
    def connection(self):
        connection = self._take()
        try:
            yield connection
        finally:
            self._give(connection)

    def _take(self):
        with self._changed:
            while not self._free and self._made >= self._most:
                if self._closed:
                    raise RuntimeError("closed")
                self._changed.wait()
            if self._free:
                return self._free.pop()
            self._made += 1
            return Connection(self._made)

    def _give(self, connection):
        with self._changed:
            self._free.append(connection)
            self._changed.notify()

    def close(self):
        with self._changed:
            self._closed = True
            free, self._free = self._free, []
            self._changed.notify_all()
        return sum(connection.queries for connection in free)


def work(pool):
    for _ in range(10):
        with pool.connection() as connection:
            connection.execute()


pool = Pool(2)
threads = [threading.Thread(target=work, args=(pool,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(pool.close())
