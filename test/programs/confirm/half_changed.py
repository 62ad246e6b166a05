"""Two fields are changed together under a lock, and read together without it."""
# confirm: race.multi-variable
import threading
import time


class Range:
    def __init__(self):
        self.lock = threading.Lock()
        self.low = 0
        self.high = 1

    def move(self, by):
        with self.lock:
            self.low += by
            self.high += by

    def show(self):
        low = self.low
        high = self.high
        return low, high


window = Range()


def move():
    for _ in range(20):
        window.move(5)
        time.sleep(0.001)


def look():
    for _ in range(20):
        window.show()
        time.sleep(0.001)


threads = [threading.Thread(target=target) for target in (move, look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
