"""Threads that ask a queue whether it is empty and then take from it without a limit of time."""
import queue
import threading
import time

jobs = queue.Queue()
for number in range(30):
    jobs.put(number)
done = []


def work():
    while not jobs.empty():
        try:
            done.append(jobs.get(timeout=0.5))
        except queue.Empty:
            return
        time.sleep(0.0003)


class Stack:
    def __init__(self):
        self.items = list(range(40))

    def drain(self):
        while self.items:  # expect: race.check-then-act
            item = self.items.pop()  # expect: race.check-then-act
            time.sleep(0.0001)
            del item


stack = Stack()
threads = [threading.Thread(target=work) for _ in range(2)]
threads += [threading.Thread(target=stack.drain) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(done))
