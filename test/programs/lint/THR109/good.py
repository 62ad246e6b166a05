import threading
import time


class Parcels:
    def __init__(self):
        self._changed = threading.Condition()
        self._done = threading.Event()
        self._parcels = []
        self._is_closed = False

    def take(self):
        with self._changed:
            while not self._parcels:
                self._changed.wait()
            return self._parcels.pop()

    def take_with_loop_inside(self):
        with self._changed:
            self._changed.wait_for(lambda: self._parcels)
            return self._parcels.pop()

    def take_until(self, patience):
        end = time.monotonic() + patience
        with self._changed:
            while not self._parcels:
                rest = end - time.monotonic()
                if rest <= 0:
                    raise TimeoutError
                self._changed.wait(rest)
            return self._parcels.pop()

    def take_or_close(self):
        with self._changed:
            while True:
                if self._parcels:
                    return self._parcels.pop()
                if self._is_closed:
                    return None
                self._changed.wait()

    def take_or_raise(self):
        """The loop goes on until nothing is to be waited for."""
        with self._changed:
            while not self._parcels:
                if self._is_closed:
                    raise ValueError("closed")
                else:
                    self._changed.wait()
            return self._parcels.pop()

    def run(self, deliver):
        """Each round tests again."""
        while True:
            with self._changed:
                if self._is_closed:
                    return
                if not self._parcels:
                    self._changed.wait()
                    continue
                parcel = self._parcels.pop()
            deliver(parcel)

    def run_in_batches(self, deliver):
        while not self._done.is_set():
            with self._changed:
                if not self._parcels:
                    self._changed.wait()
            for parcel in self.take_all():
                deliver(parcel)

    def take_all(self):
        with self._changed:
            parcels, self._parcels = self._parcels, []
            return parcels

    def try_three_times(self):
        with self._changed:
            for _ in range(3):
                if self._parcels:
                    return self._parcels.pop()
                self._changed.wait(1)
            return None

    def pause(self):
        """Somebody may cut it short."""
        with self._changed:
            self._changed.wait(30)

    def wait(self, timeout=None):
        return self._changed.wait(timeout)

    def _wait(self):
        self._changed.wait()

    def wait_done(self):
        self._done.wait()


class Barrier:
    def __init__(self):
        self.lock = threading.Lock()

    def wait(self):
        with self.lock:
            return True


def meet(barrier, condition):
    Barrier().wait()
    barrier.wait()
    condition.wait()
