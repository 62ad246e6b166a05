"""A dict that one thread walks over while another fills it."""
import threading


class Sessions:
    def __init__(self):
        self.open = {}
        self.started = threading.Event()

    def report(self):
        self.started.wait()
        for name in self.open:  # expect: race.iteration
            len(name)

    def fill(self):
        self.started.set()
        for number in range(100):
            self.open["session %d" % number] = number  # expect: race.iteration


sessions = Sessions()
reporter = threading.Thread(target=sessions.report)
reporter.start()
try:
    sessions.fill()
finally:
    reporter.join()
