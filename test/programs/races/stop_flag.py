"""A flag that one thread sets and another looks at: each is one step, and it stays set."""
import threading
import time


class Worker:
    def __init__(self):
        self.stopped = False
        self.rounds = 0

    def run(self):
        while not self.stopped:
            self.rounds += 1
            time.sleep(0.001)

    def stop(self):
        self.stopped = True


worker = Worker()
thread = threading.Thread(target=worker.run)
thread.start()
time.sleep(0.02)
print(worker.rounds > 0)
worker.stop()
thread.join()
print(worker.rounds > 0)
