"""Four threads that compute, one after the other under the GIL.

Advice: gil-threads
"""

import threading


def work():
    total = 0
    for number in range(2_500_000):
        total += number * number % 7
    return total


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
