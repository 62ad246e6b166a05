import threading
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor

kitchens = [interpreters.create() for _ in range(4)]


def cook(dish="soup"):
    return dish.upper()


def in_threads():
    cooking = [kitchen.call_in_thread(cook) for kitchen in kitchens]
    for each in cooking:
        each.join()


def one_kitchen(dishes):
    kitchen = interpreters.create()
    for dish in dishes:
        print(kitchen.call(cook, dish))
    kitchen.close()


def one_call():
    kitchens[0].call(cook)


def from_one_to_the_next(dish):
    for kitchen in kitchens:
        dish = kitchen.call(cook, dish)
    return dish


def cook_in(kitchen):
    for dish in ("soup", "salad"):
        kitchen.call(cook, dish)


def a_thread_for_each():
    for kitchen in kitchens:
        threading.Thread(target=cook_in, args=(kitchen,)).start()


def in_a_pool(dishes):
    with InterpreterPoolExecutor() as cooks:
        return list(cooks.map(cook, dishes))


def closes_all():
    for kitchen in kitchens:
        kitchen.close()


def calls_of_others(phones):
    for phone in phones:
        phone.call("112")
