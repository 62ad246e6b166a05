"""A range is moved and measured under one lock; its name is set once and read freely."""
import threading


class Range:
    def __init__(self):
        self.lock = threading.Lock()
        self.low, self.high = 0, 10
        self.name = "numbers"

    def move(self, steps):
        with self.lock:
            self.low += steps
            self.high += steps

    def width(self):
        with self.lock:
            return self.name, self.high - self.low


numbers = Range()
threads = [threading.Thread(target=numbers.move, args=(3,)), threading.Thread(target=numbers.width)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
