import os
import threading


def beat():
    print("alive")


def start():
    threading.Thread(target=beat, daemon=True).start()


start()
os.register_at_fork(after_in_child=start)


def divide():
    return os.fork()
