"""What is put into one container before the other is taken out of both by a thread that sees only the first."""
import threading
import time


class Registry:
    def __init__(self):
        self.waiting = []
        self.known = set()

    def add(self, number):
        self.waiting.append(number)  # expect: race.multi-variable
        self.known.add(number)  # expect: race.multi-variable

    def sweep(self):
        while self.waiting:
            number = self.waiting.pop()  # expect: race.multi-variable
            self.known.remove(number)  # expect: race.multi-variable


registry = Registry()
registry.add(0)
adder = threading.Thread(target=registry.add, args=(1,))
adder.start()
time.sleep(0.05)
registry.sweep()
adder.join()
