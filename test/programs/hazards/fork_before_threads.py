"""Forks first and starts threads later: correct."""
import multiprocessing
import threading


def child():
    print("child")


def work():
    pass


if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    process.join()
