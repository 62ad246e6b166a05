"""Forks 200 children that live at the same time."""

import os
import time

children = []
for number in range(200):
    pid = os.fork()
    if pid == 0:
        time.sleep(0.2)
        os._exit(number % 3)
    children.append(pid)
statuses = [os.waitpid(pid, 0)[1] >> 8 for pid in children]
print(len(children), sum(statuses))
