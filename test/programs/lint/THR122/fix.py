import threading


class Clock:
    def __init__(self, zone):
        self.hand = threading.Thread(target=self.tick)
        self.hand.start()  # expect: THR122
        self.zone = zone
        # A short name.
        self.label = zone[:3]

    def tick(self):
        print(self.zone, self.label)


class Pendulum(threading.Thread):
    def __init__(self, length):
        threading.Thread.__init__(self)
        self.start()  # expect: THR122
        if length > 1:
            self.length = 1
        else:
            self.length = length

    def run(self):
        print(self.length)
