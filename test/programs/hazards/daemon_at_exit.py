"""A daemon thread still runs at the end, as it is meant to: nothing but a hint."""
import threading

stop = threading.Event()


def watch():
    while not stop.wait(10):
        pass


threading.Thread(target=watch, daemon=True).start()
