"""Subscribers in a tuple that is replaced under a lock, and read without: correct."""
import threading
import time


class Topic:
    def __init__(self):
        self._lock = threading.Lock()
        self._subscribers = ()

    def subscribe(self, function):
        with self._lock:
            self._subscribers = (*self._subscribers, function)

    def unsubscribe(self, function):
        with self._lock:
            self._subscribers = tuple(each for each in self._subscribers if each is not function)

    def publish(self, message):
        for function in self._subscribers:
            function(message)


class Routes:
    """The same with a dict that nobody changes once it is published."""

    def __init__(self):
        self._lock = threading.Lock()
        self._table = {}

    def add(self, name, target):
        with self._lock:
            table = dict(self._table)
            table[name] = target
            self._table = table

    def find(self, name):
        return self._table.get(name)


def subscribe(topic, routes, number):
    def received(message):
        pass

    for i in range(10):
        topic.subscribe(received)
        routes.add((number, i), received)
        time.sleep(0.0005)
        topic.unsubscribe(received)


def publish(topic, routes):
    for i in range(30):
        topic.publish(i)
        routes.find((0, i))
        time.sleep(0.0003)


topic, routes = Topic(), Routes()
threads = [threading.Thread(target=subscribe, args=(topic, routes, n)) for n in range(2)]
threads.append(threading.Thread(target=publish, args=(topic, routes)))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(routes.find((1, 9)) is not None)
