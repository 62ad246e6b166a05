"""A signal handler takes a plain lock that the main thread takes as well."""
import os
import signal
import sys
import threading

lock = threading.Lock()
counts = {"signals": 0}


def on_signal(number, frame):
    with lock:  # expect: hazard.signal-lock
        counts["signals"] += 1


if sys.platform != "win32":
    signal.signal(signal.SIGUSR1, on_signal)
    with lock:  # expect: hazard.signal-lock
        counts["signals"] = 0
    os.kill(os.getpid(), signal.SIGUSR1)
    with lock:
        print(counts)
