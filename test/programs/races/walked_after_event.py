"""A dict that is walked over once it is filled, which an event tells: correct."""
import threading


class Sessions:
    def __init__(self):
        self.open = {}
        self.filled = threading.Event()

    def report(self):
        self.filled.wait()
        print(sum(len(name) for name in self.open))

    def fill(self):
        for number in range(100):
            self.open["session %d" % number] = number
        self.filled.set()


sessions = Sessions()
reporter = threading.Thread(target=sessions.report)
reporter.start()
sessions.fill()
reporter.join()
