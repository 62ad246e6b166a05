"""Threads alone, which share a queue."""
import queue
import threading

letters = queue.Queue()


def deliver():
    while letters.qsize() > 0:  # expect: MPR308
        letters.get().deliver()


for _ in range(3):
    threading.Thread(target=deliver).start()
