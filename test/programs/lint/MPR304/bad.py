import functools
import multiprocessing as mp
import queue
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool, Process
from threading import Event as Flag

till_lock = threading.Lock()
coins = mp.Value("i", 0)
orders = mp.Queue()


def deposit(account, lock):
    with lock:
        account.append("coin")


def count_coin(number):
    with till_lock:  # expect: MPR304
        coins.value += number


def work(*things, **named):
    print(things, named)


def starts_processes():
    done = Flag()
    turn = threading.Condition()
    Process(target=deposit, args=([], till_lock)).start()  # expect: MPR304
    mp.Process(target=work, kwargs={"done": done}).start()  # expect: MPR304
    mp.get_context("spawn").Process(target=work, args=[turn]).start()  # expect: MPR304
    Process(target=work, args=("letters", {"inbox": queue.Queue()})).start()  # expect: MPR304


def uses_pools(accounts):
    with Pool(initializer=work, initargs=(till_lock,)) as pool:  # expect: MPR304
        pool.map(count_coin, range(5))
        pool.apply(deposit, ([], mp.Lock()))  # expect: MPR304
        pool.map(functools.partial(deposit, lock=till_lock), accounts)  # expect: MPR304
        pool.starmap(deposit, [([], till_lock)])  # expect: MPR304


def uses_an_executor(path):
    permits = threading.Semaphore(2)
    log = open(path, "w")
    with ProcessPoolExecutor() as executor:
        first = executor.submit(work, permits)  # expect: MPR304
        second = executor.submit(work, log)  # expect: MPR304
        third = executor.submit(work, queue=orders)  # expect: MPR304
        return first.result(), second.result(), third.result()


class Bank:
    def __init__(self):
        self._lock = threading.RLock()
        self._mine = threading.local()

    def open(self):
        Process(target=work, args=(self._lock,)).start()  # expect: MPR304
        orders.put(("bank", self._mine))  # expect: MPR304
