"""Leaves its directory, then uses a path that was relative."""

import os
import threading

os.chdir("/")
thread = threading.Thread(target=lambda: print(os.getcwd()), name="after")
thread.start()
thread.join()
