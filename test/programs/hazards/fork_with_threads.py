"""Forks while a thread runs that holds a lock."""
# until: 3.13
import multiprocessing
import threading

lock = threading.Lock()
has_it, may_end = threading.Event(), threading.Event()


def hold():
    with lock:  # expect: hazard.fork-lock
        has_it.set()
        may_end.wait()


def child():
    print("child")


if __name__ == "__main__":
    holder = threading.Thread(target=hold)
    holder.start()  # expect: hazard.fork-threads
    has_it.wait()
    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()  # expect: hazard.fork-threads, hazard.fork-lock
    process.join()
    may_end.set()
    holder.join()
