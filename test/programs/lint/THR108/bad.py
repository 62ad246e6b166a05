import queue
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from time import sleep as pause
from urllib.request import urlopen

PAUSE = 0.5
feed_lock = threading.Lock()
fed = []


def feed(animal):
    with feed_lock:
        fed.append(animal)


def close_zoo(feeder):
    with feed_lock:
        feeder.join()  # expect: THR108


def open_zoo():
    feeder = threading.Thread(target=feed, args=("bear",))
    feeder.start()
    close_zoo(feeder)


def feed_slowly(animals):
    feed_lock.acquire()
    try:
        for animal in animals:
            fed.append(animal)
            time.sleep(1)  # expect: THR108
    finally:
        feed_lock.release()


class Station:
    def __init__(self):
        self._lock = threading.RLock()
        self._changed = threading.Condition()
        self._pool = ThreadPoolExecutor(2)
        self._tickets = queue.Queue(maxsize=10)
        self._worker = threading.Thread(target=self._work)
        self._trains = {}
        self._last = None

    def _work(self):
        with self._lock:
            self._trains["worker"] = "done"

    def stop(self):
        with self._lock:
            self._trains.clear()
            self._worker.join(timeout=10)  # expect: THR108

    def measure(self, train):
        with self._lock:
            length = self._pool.submit(len, train)
            self._trains[train] = length.result()  # expect: THR108

    def sell(self, ticket):
        with self._lock:
            self._tickets.put(ticket)  # expect: THR108

    def check(self):
        with self._lock:
            return self._tickets.get()  # expect: THR108

    def build(self, train):
        with self._lock:
            subprocess.run(["make", train], check=True)  # expect: THR108

    def announce(self, train):
        with self._changed:
            self._last = train
            self._changed.notify_all()

    def ask(self, address):
        with self._changed:
            with urlopen(address) as answer:  # expect: THR108
                return answer.read()


class Halt(Station):
    def wait_a_little(self):
        with self._lock:
            pause(PAUSE)  # expect: THR108


print(open_zoo())


class Kiln:
    _fire = threading.Lock()

    def burn(self):
        with self._fire:
            time.sleep(20)  # expect: THR108

    def burn_twice(self):
        threading.Thread(target=self.burn).start()
        threading.Thread(target=self.burn).start()
