import multiprocessing as mp
import os
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from threading import Thread as Background


def beat():
    print("alive")


def work():
    print("at work")


def fork_after_a_thread():
    threading.Thread(target=beat, daemon=True).start()
    if os.fork() == 0:  # expect: MPR306
        work()
        os._exit(0)


def process_after_a_thread():
    heart = Background(target=beat)
    heart.start()
    worker = get_context("fork").Process(target=work)
    worker.start()  # expect: MPR306
    worker.join()
    heart.join()


def start_heart():
    Background(target=beat, daemon=True).start()


def process_after_a_call(is_fast):
    start_heart()
    context = mp.get_context("fork" if is_fast else "spawn")
    context.Process(target=work).start()  # expect: MPR306


def pool_after_an_executor(names):
    threads = ThreadPoolExecutor()
    first = threads.submit(beat)
    with mp.get_context("fork").Pool() as pool:  # expect: MPR306
        pool.map(len, names)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as processes:  # expect: MPR306
        print(list(processes.map(len, names)))
    return first.result()


class Heart:
    def beat(self):
        self.timer = threading.Timer(1, beat)
        self.timer.start()

    def divide(self):
        self.beat()
        return os.fork()  # expect: MPR306
