"""Weather stations that measure before they know where they stand."""
import multiprocessing
import threading
from threading import Thread as Worker
from threading import Timer


class Station:
    def __init__(self, place):
        self.thread = threading.Thread(target=self.measure)
        self.thread.start()  # expect: THR122
        self.place = place

    def measure(self):
        print(self.place)


class Sampler(threading.Thread):
    def __init__(self, every):
        super().__init__(daemon=True)
        self.every = every
        self.start()  # expect: THR122
        self.samples = []

    def run(self):
        self.take()

    def take(self):
        self.samples.append(self.every)


class Mast:
    def __init__(self, height):
        Worker(target=self._loop, daemon=True).start()  # expect: THR122
        self.height, self.wind = height, 0.0

    def _loop(self):
        print(self.height * self.wind)


class Alarm:
    def __init__(self, bell, loud):
        self.bell = bell
        timer = Timer(30, function=self.ring)
        timer.start()  # expect: THR122
        if loud:
            self.times = 3
        else:
            self.times = 1

    def ring(self):
        self.bell.ring(self.times)


class Balloon(multiprocessing.Process):
    def __init__(self, gas):
        multiprocessing.Process.__init__(self)
        self.start()  # expect: THR122
        self.gas = gas

    def run(self):
        print(self.gas)


class Sender:
    def __init__(self, address):
        self.address = address
        self.thread = threading.Thread(target=self.send)
        self.thread.start()

    def send(self):
        print(self.address, self.text())

    def text(self):
        return ""


class RainSender(Sender):
    def __init__(self, address, gauge):
        super().__init__(address)  # expect: THR122
        self.gauge = gauge

    def text(self):
        return str(self.gauge)
