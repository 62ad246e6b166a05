"""A range is moved under a lock and measured without one: both ends can be of different moves."""
import threading


class Range:
    def __init__(self):
        self.lock = threading.Lock()
        self.low, self.high = 0, 10

    def move(self, steps):
        with self.lock:
            self.low += steps  # expect: race.multi-variable
            self.high += steps  # expect: race.multi-variable

    def width(self):
        return self.high - self.low  # expect: race.multi-variable


numbers = Range()
threads = [threading.Thread(target=numbers.move, args=(3,)), threading.Thread(target=numbers.width)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
