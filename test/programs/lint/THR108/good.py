import queue
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

build_lock = threading.Lock()
line_lock = threading.Lock()
slots = threading.Semaphore(4)


def build(target):
    """One build after the other: the lock is there for nothing else."""
    with build_lock:
        subprocess.run(["make", target], check=True)


def fetch(address, session):
    """So many at once, and no more."""
    with slots:
        time.sleep(0.1)
        return session.get(address)


class Limit:
    """Some calls a second: who comes later waits behind the others."""

    def __init__(self, gap):
        self._lock = threading.Lock()
        self._gap = gap
        self._last = 0.0

    def wait_for_turn(self):
        with self._lock:
            rest = self._last + self._gap - time.monotonic()
            if rest > 0:
                time.sleep(rest)
            self._last = time.monotonic()

    def forget(self):
        with self._lock:
            self._last = 0.0


class Service:
    def __init__(self):
        self._lock = threading.Lock()
        self._filled = threading.Condition(self._lock)
        self._worker = None
        self._inbox = queue.Queue()
        self._names = {}

    def start(self):
        with self._lock:
            self._worker = threading.Thread(target=self._work)
            self._worker.start()

    def _work(self):
        with self._lock:
            self._names["worker"] = "up"

    def stop(self):
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.join()

    def put(self, name):
        """Without a maximum size nobody waits."""
        with self._lock:
            self._inbox.put(name)

    def take_what_is_there(self):
        with self._lock:
            try:
                return self._inbox.get_nowait()
            except queue.Empty:
                return None

    def take_at_once(self):
        with self._lock:
            return self._inbox.get(block=False)

    def wait_filled(self):
        """A condition gives its lock back while it waits."""
        with self._filled:
            while not self._names:
                self._filled.wait()
            return dict(self._names)

    def text(self, parts):
        with self._lock:
            return ", ".join(parts)

    def lookup(self, name):
        with self._lock:
            return self._names.get(name)

    def measure(self, texts):
        with ThreadPoolExecutor() as pool:
            futures = {pool.submit(len, text): text for text in texts}
            for future in as_completed(futures):
                with self._lock:
                    self._names[futures[future]] = future.result()

    def pause_without_it(self):
        with self._lock:
            self._names.clear()
            self._lock.release()
            try:
                time.sleep(1)
            finally:
                self._lock.acquire()

    def make_task(self):
        with self._lock:
            return lambda: time.sleep(1)

    def let_others_run(self):
        with self._lock:
            time.sleep(0)


def ask(connection, question):
    """Question and answer belong together."""
    with line_lock:
        connection.sendall(question)
        return connection.recv(1024)


def hang_up(connection):
    with line_lock:
        connection.close()
