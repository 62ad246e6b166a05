"""Observers that come and go while another thread calls each of them."""
import threading
import time


class Subject:
    def __init__(self):
        self.observers = {}

    def attach(self, name, function):
        self.observers[name] = function  # expect: race.iteration

    def detach(self, name):
        self.observers.pop(name, None)  # expect: race.iteration

    def notify(self, value):
        for name, function in self.observers.items():  # expect: race.iteration
            function(name, value)


def come_and_go(subject):
    for number in range(20):
        subject.attach(number, print_nothing)
        time.sleep(0.0003)
        if number % 2:
            subject.detach(number)


def print_nothing(name, value):
    pass


def main():
    subject = Subject()
    thread = threading.Thread(target=come_and_go, args=(subject,))
    thread.start()
    for value in range(10):
        try:
            subject.notify(value)
        except RuntimeError:
            pass
        time.sleep(0.0007)
    thread.join()
    print(len(subject.observers))


main()
