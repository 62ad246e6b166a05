"""A thread goes through a dictionary while another one adds to it."""
# confirm: race.iteration
import threading

prices = {"tea": 1, "milk": 2}
seen = []


def walk():
    for name in prices:
        seen.append(name)


def fill():
    for number in range(100):
        prices["item %d" % number] = number


threads = [threading.Thread(target=target) for target in (walk, fill)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
