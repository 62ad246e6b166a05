import multiprocessing as mp
import os
import threading
from concurrent.futures import ThreadPoolExecutor


def beat():
    print("alive")


def work():
    print("at work")


def forks_first():
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(0)
    threading.Thread(target=beat, daemon=True).start()
    return pid


def the_child_has_threads():
    pid = os.fork()
    if pid == 0:
        threading.Thread(target=beat).start()
    return pid


def joins_first():
    heart = threading.Thread(target=beat)
    heart.start()
    heart.join()
    return os.fork()


def leaves_the_pool_first(names):
    with ThreadPoolExecutor() as threads:
        print(list(threads.map(len, names)))
    mp.get_context("fork").Process(target=work).start()


def becomes_another_program(command):
    threading.Thread(target=beat, daemon=True).start()
    pid = os.fork()
    if pid == 0:
        os.execvp(command[0], command)
    return pid


def spawns():
    threading.Thread(target=beat, daemon=True).start()
    mp.get_context("spawn").Process(target=work).start()


def by_default():
    threading.Thread(target=beat, daemon=True).start()
    mp.Process(target=work).start()


def only_makes_a_thread():
    heart = threading.Thread(target=beat)
    pid = os.fork()
    if pid == 0:
        heart.start()
    return pid


def in_another_function():
    threading.Thread(target=beat, daemon=True).start()


def becomes_a_daemon():
    if os.fork() > 0:
        os._exit(0)
    os.setsid()
    if os.fork() > 0:
        os._exit(0)


class Heart:
    def start(self):
        self.thread = threading.Thread(target=beat)
        self.thread.start()

    def stop(self):
        self.thread.join()

    def divide(self):
        self.start()
        self.stop()
        return os.fork()


def given_back():
    heart = threading.Thread(target=beat)
    heart.start()
    return heart


def joins_what_it_got():
    heart = given_back()
    heart.join()
    return os.fork()


class Arbiter:
    """The child lets its threads run, the parent has none."""

    def __init__(self):
        self.workers = {}

    def spawn_worker(self, worker):
        pid = os.fork()
        if pid != 0:
            self.workers[pid] = worker
            return pid
        try:
            self.serve(worker)
        finally:
            os._exit(0)

    def serve(self, worker):
        threading.Thread(target=worker.run).start()
