"""A kitchen in which everybody keeps asking."""
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from time import sleep as pause

is_open = False


def open_kitchen():
    global is_open
    is_open = True


def wait_for_opening():
    while not is_open:  # expect: THR123
        pass


class Kitchen:
    def __init__(self):
        self.is_hot = False
        self.orders = queue.Queue()
        self.bell = threading.Event()
        self.cook = threading.Thread(target=self.heat)

    def heat(self):
        self.is_hot = True
        self.bell.set()

    def start(self):
        self.cook.start()
        while not self.is_hot:  # expect: THR123
            time.sleep(0.01)

    def finish(self):
        while self.cook.is_alive():  # expect: THR123
            pause(0.5)

    def listen(self):
        while not self.bell.is_set():  # expect: THR123
            continue

    def drain(self):
        while not self.orders.empty():  # expect: THR123
            time.sleep(0.1)


def cook_one(dish):
    with ThreadPoolExecutor() as pool:
        plate = pool.submit(dish.cook)
        while True:  # expect: THR123
            if plate.done():
                break
            time.sleep(0.05)
        return plate.result()
