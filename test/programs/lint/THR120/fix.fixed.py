import threading
from concurrent.futures import ThreadPoolExecutor


def wash():
    print("clean")


def fold(shirts, count):
    for shirt in shirts[:count]:
        shirt.fold()


def laundry(shirts):
    threading.Thread(target=wash, daemon=True).start()  # expect: THR120
    folder = threading.Thread(
        target=fold, args=(shirts, 3),  # expect: THR120
        name="folder",
    )
    folder.start()
    single = threading.Thread(target=fold, args=(shirts[0], 1))  # expect: THR120
    single.start()  # expect: THR120
    threading.Timer(5, wash).start()  # expect: THR120
    with ThreadPoolExecutor() as pool:
        first = pool.submit(wash)  # expect: THR120
        second = pool.submit(fold, shirts, 2)  # expect: THR120
        return first.result(), second.result()
