import multiprocessing as mp
import queue
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Manager, Pool, Process, Queue
from multiprocessing.dummy import Pool as PoolOfThreads
from multiprocessing.pool import ThreadPool

till_lock = mp.Lock()
cache_lock = threading.Lock()
cache = {}
coins = mp.Value("i", 0)
worker_lock = None


def deposit(account, lock):
    with lock:
        account.append("coin")


def count_coin(number):
    with till_lock:
        coins.value += number


def price_of(article):
    """A cache of each process, for its own threads."""
    with cache_lock:
        return cache.setdefault(article, len(article))


def remember(lock):
    global worker_lock
    worker_lock = lock


def serve(connection):
    connection.close()


def work(*things):
    print(things)


def inherits():
    Process(target=deposit, args=([], till_lock)).start()
    Process(target=work, args=(Queue(), mp.Event(), coins)).start()
    with Pool(initializer=remember, initargs=(till_lock,)) as pool:
        pool.map(count_coin, range(5))
        pool.map(price_of, ["tea", "milk"])


def by_a_manager():
    with Manager() as manager, Pool() as pool:
        lock, letters = manager.Lock(), manager.Queue()
        pool.apply(deposit, ([], lock))
        letters.put("hello")
        pool.apply(work, (letters,))


def hands_over_connections():
    with socket.socket() as server:
        server.bind(("localhost", 0))
        Process(target=serve, args=(server,)).start()
    receiver, sender = mp.Pipe()
    Process(target=serve, args=(sender,)).start()
    receiver.close()


def forks_with_a_file(path):
    with open(path) as file:
        mp.get_context("fork").Process(target=work, args=(file,)).start()


def threads_share_all():
    threading.Thread(target=deposit, args=([], cache_lock)).start()
    with ThreadPoolExecutor() as executor:
        executor.submit(deposit, [], cache_lock).result()
    with ThreadPool() as pool:
        pool.apply(deposit, ([], cache_lock))
    with PoolOfThreads() as pool:
        pool.apply(deposit, ([], cache_lock))
    queue.Queue().put(cache_lock)


def only_a_fact_of_it(path):
    with open(path) as file, Pool() as pool:
        pool.apply(work, (file.read(), cache_lock.locked()))


class Bank:
    def __init__(self, lock):
        self._lock = lock

    def open(self):
        Process(target=work, args=(self._lock,)).start()
