"""A painter whose helpers get the wrong things."""
import multiprocessing as mp
import threading
from threading import Thread as Helper
from threading import Timer

COLOUR = "red"


class Wall:
    def __init__(self, width):
        self.width = width


class Painter(threading.Thread):
    """Without an __init__ of its own."""


def paint(wall):
    print(wall)


def work(wall, brush):
    threads = [
        threading.Thread(paint),  # expect: THR121
        Helper(paint, daemon=True),  # expect: THR121
        mp.Process(paint, args=(wall,)),  # expect: THR121
        threading.Thread(target=paint, args=(wall)),  # expect: THR121
        Helper(target=paint, args=(brush.colour)),  # expect: THR121
        mp.Process(target=paint, args="red"),  # expect: THR121
        Timer(5, paint, "blue"),  # expect: THR121
        Timer(interval=5, function=paint, args=(7)),  # expect: THR121
        threading.Thread(target=paint, args=3),  # expect: THR121
        threading.Thread(target=print, args=COLOUR),  # expect: THR121
        Painter(paint),  # expect: THR121
    ]
    new_wall = Wall(3)
    threads.append(Helper(target=paint, args=new_wall))  # expect: THR121
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
