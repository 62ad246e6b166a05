"""A thread that is stopped by an event and restarted, with a state that its owner reads after the join: correct."""
import threading
import time


class Poller:
    def __init__(self):
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = None
        self.polls = 0
        self.last = None

    def start(self):
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def _run(self):
        self.last = time.monotonic()
        self._ready.set()
        while not self._stop.wait(0.001):
            self.polls += 1
            self.last = time.monotonic()

    def stop(self):
        self._stop.set()
        self._thread.join()
        self._thread = None
        self._ready.clear()
        self.polls += 1
        return self.last


poller = Poller()
for _ in range(3):
    poller.start()
    time.sleep(0.005)
    print(poller.stop() is not None)
