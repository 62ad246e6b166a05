"""A lock that one thread takes and another gives back is a signal: correct."""
import threading

gate = threading.Lock()
gate.acquire()


def wait_for_gate():
    gate.acquire()


waiter = threading.Thread(target=wait_for_gate)
waiter.start()
gate.release()
waiter.join()
