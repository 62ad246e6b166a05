import queue
import threading
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor

till_lock = threading.Lock()
orders = interpreters.create_queue()
kitchen = interpreters.create()


def cook(*things):
    print(things)


def plain_things():
    kitchen.prepare_main(dish="soup", plates=3, wishes=("salt", None))
    kitchen.call(cook, b"raw", 2.5, True)
    kitchen.call(cook, memoryview(b"menu"))


def queues_of_interpreters():
    kitchen.prepare_main(orders=orders)
    orders.put("soup")
    orders.put(interpreters.create_queue())


def dishes_of_today():
    yield "soup"


def copies():
    kitchen.call(cook, list(dishes_of_today()))
    kitchen.call(cook, ["soup", "salad"], {"salt": 1})


def facts_of_them(path):
    with open(path) as recipe:
        kitchen.call(cook, recipe.read(), recipe.fileno(), till_lock.locked())


def in_a_pool(dishes):
    with InterpreterPoolExecutor() as cooks:
        return list(cooks.map(cook, dishes))


def under_a_lock(dish):
    with till_lock:
        kitchen.call(cook, dish)


def of_threads():
    letters = queue.Queue()
    letters.put(till_lock)
    with ThreadPoolExecutor() as waiters:
        waiters.submit(cook, till_lock).result()
    threading.Thread(target=cook, args=(till_lock,)).start()


def unknown(kitchen_of_somebody, thing):
    kitchen_of_somebody.call(cook, till_lock)
    kitchen.call(cook, thing)
