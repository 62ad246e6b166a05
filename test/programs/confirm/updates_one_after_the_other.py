"""Two threads add to one total, but a flag in a file keeps them apart."""
# not reproduced: race.data
import os
import tempfile
import threading
import time

folder = tempfile.mkdtemp()
flag = os.path.join(folder, "done")


class Counter:
    def __init__(self):
        self.total = 0

    def add(self, amount):
        self.total = self.total + int(amount)


counter = Counter()


def one():
    counter.add("1")
    open(flag, "w").close()


def other():
    while not os.path.exists(flag):
        time.sleep(0.001)
    counter.add("2")


threads = [threading.Thread(target=target) for target in (one, other)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
os.unlink(flag)
os.rmdir(folder)
print(counter.total)
