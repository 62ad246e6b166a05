"""One thread sorts a list by a function of its own while another one looks into it."""
import threading
import time


class Scores:
    def __init__(self):
        self.values = list(range(50))

    def rank(self):
        self.values.sort(key=lambda value: -value)  # expect: race.reorder

    def best(self):
        time.sleep(0.01)
        if len(self.values) != 50:  # expect: race.reorder
            print("empty")


scores = Scores()
threads = [threading.Thread(target=scores.rank), threading.Thread(target=scores.best)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
