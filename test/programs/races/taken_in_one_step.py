"""Work that threads take out of a deque, each in one step: correct."""
import threading
from collections import deque


class Work:
    def __init__(self):
        self.waiting = deque(range(20))
        self.done = []

    def run(self):
        while True:
            try:
                number = self.waiting.popleft()
            except IndexError:
                return
            self.done.append(number * number)


work = Work()
threads = [threading.Thread(target=work.run) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(work.done))
