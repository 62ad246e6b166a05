"""Deletes the folder to which it is recorded, and goes on with threads."""

import os
import shutil
import threading
import time


def pause():
    time.sleep(0.2)


def run(name):
    thread = threading.Thread(target=pause, name=name)
    thread.start()
    thread.join()


run("before")
shutil.rmtree(os.environ.get("INTERLEAVE_RUN", "/nonexistent"), ignore_errors=True)
run("after")
print("done")
