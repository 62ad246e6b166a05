"""A bounded buffer with two conditions over one lock: correct."""
import threading
from collections import deque


class Buffer:
    def __init__(self, size):
        self.lock = threading.Lock()
        self.not_full = threading.Condition(self.lock)
        self.not_empty = threading.Condition(self.lock)
        self.items, self.size = deque(), size

    def put(self, item):
        with self.not_full:
            while len(self.items) == self.size:
                self.not_full.wait()
            self.items.append(item)
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            while not self.items:
                self.not_empty.wait()
            item = self.items.popleft()
            self.not_full.notify()
            return item


def produce(buffer):
    for number in range(30):
        buffer.put(number)


def consume(buffer):
    for _ in range(30):
        buffer.get()


buffer = Buffer(2)
threads = [threading.Thread(target=target, args=(buffer,)) for target in (produce, consume, produce, consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
