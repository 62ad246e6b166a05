"""Helpers that get what they need."""
import multiprocessing
import threading
from threading import Timer


def paint(*walls):
    print(walls)


class Walls:
    def __iter__(self):
        return iter(())


class Helper(threading.Thread):
    def __init__(self, work, *args):
        super().__init__(target=work, args=args)


class Named(threading.Thread):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)


class Thread:
    """Not the one of threading."""

    def __init__(self, fibre, args=""):
        self.fibre = fibre
        self.args = args


def work(wall, walls, args, *rest):
    pair = (wall, wall)
    threads = [
        threading.Thread(target=paint),
        threading.Thread(target=paint, args=(wall,)),
        threading.Thread(target=paint, args=[wall]),
        threading.Thread(target=paint, args=pair),
        threading.Thread(target=paint, args=(pair)),
        threading.Thread(target=paint, args=(args)),
        threading.Thread(target=paint, args=(rest)),
        threading.Thread(target=paint, args=walls),
        threading.Thread(target=paint, args=wall.neighbours),
        threading.Thread(target=paint, args=tuple(walls)),
        threading.Thread(target=paint, args=(wall, wall)),
        threading.Thread(target=paint, args=(wall,) + pair),
        threading.Thread(target=paint, args=(pair + pair)),
        threading.Thread(target=paint, args=()),
        threading.Thread(target=paint, args=Walls()),
        threading.Thread(None, paint, "painter", (wall,)),
        threading.Thread(*walls),
        Helper(paint, wall),
        Named(target=paint),
        Timer(5, paint),
        Timer(5, paint, [wall]),
        Timer(5, paint, None, {}),
        Timer(5, paint, args=None),
        multiprocessing.Process(target=paint, args=(wall,)),
    ]
    for thread in threads:
        thread.start()
    return Thread(paint, args="wool")
