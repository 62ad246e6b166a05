"""A limit on calls a second, by a bucket of tokens under a lock, with the sleep outside of it: correct."""
import threading
import time


class Limiter:
    def __init__(self, rate, burst):
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._last = time.monotonic()
        self._lock = threading.Lock()

    def _refill(self):
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._last) * self._rate)
        self._last = now

    def acquire(self):
        while True:
            with self._lock:
                self._refill()
                if self._tokens >= 1:
                    self._tokens -= 1
                    return
                pause = (1 - self._tokens) / self._rate
            time.sleep(pause)


def work(limiter, done, index):
    for _ in range(10):
        limiter.acquire()
    done[index] = True


limiter = Limiter(rate=2000, burst=3)
done = [False] * 3
threads = [threading.Thread(target=work, args=(limiter, done, i)) for i in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(all(done))
