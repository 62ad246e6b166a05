import multiprocessing
import queue
import threading

multiprocessing.set_start_method("fork")
letters = queue.Queue()


def deliver():
    while True:
        print(letters.get())


threading.Thread(target=deliver, daemon=True).start()


def write(name):
    letters.put(name)


def write_in_a_process(name):
    writer = multiprocessing.Process(target=write, args=(name,))
    writer.start()  # expect: MPR306
    writer.join()
