"""A lock that is itself made at first use: two threads can each make one."""
import threading
import time


class Writer:
    def _guard(self):
        if not hasattr(self, "_lock"):  # expect: race.lazy-init
            self._lock = threading.Lock()  # expect: race.lazy-init
        return self._lock

    def write(self):
        with self._guard():
            time.sleep(0.0001)


writer = Writer()
threads = [threading.Thread(target=lambda: [writer.write() for _ in range(5)]) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("written")
