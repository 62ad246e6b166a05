import concurrent.interpreters
import queue
import socket
import threading
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor
from concurrent.interpreters import create, create_queue

till_lock = threading.Lock()
notes = create_queue()


def cook(*things):
    print(things)


def dishes_of_today():
    yield "soup"
    yield "salad"


def prepares():
    kitchen = interpreters.create()
    kitchen.prepare_main(till=till_lock)  # expect: INT501
    kitchen.prepare_main({"done": threading.Event()})  # expect: INT501
    kitchen.close()


def calls(path):
    kitchen = create()
    with open(path) as recipe:
        kitchen.call(cook, "soup", recipe)  # expect: INT501
    kitchen.call(cook, dishes_of_today())  # expect: INT501
    kitchen.call(cook, (number for number in range(3)))  # expect: INT501
    cooking = kitchen.call_in_thread(cook, queue.Queue())  # expect: INT501
    cooking.join()


def sends(address):
    door = socket.create_connection(address)
    notes.put(door)  # expect: INT501
    notes.put(("bell", threading.Condition()))  # expect: INT501


class Restaurant:
    def __init__(self):
        self._turn = threading.RLock()
        self._waiters = ThreadPoolExecutor()
        self._orders = concurrent.interpreters.create_queue()
        self._kitchen = concurrent.interpreters.create()

    def order(self, dish):
        self._orders.put(self._turn)  # expect: INT501
        self._kitchen.call(cook, dish, self._waiters)  # expect: INT501

    def order_all(self, dishes):
        with InterpreterPoolExecutor() as cooks:
            job = cooks.submit(cook, dishes, self._turn)  # expect: INT501
            return job.result()
