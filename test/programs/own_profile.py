"""Sets a profile function and a trace function of its own, for all threads."""

import sys
import threading

calls = []


def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_filename == __file__:
        calls.append(frame.f_code.co_name)


def work():
    return sum(range(10))


threading.setprofile(profile)
sys.setprofile(profile)
thread = threading.Thread(target=work)
thread.start()
thread.join()
work()
sys.setprofile(None)
print(calls)
