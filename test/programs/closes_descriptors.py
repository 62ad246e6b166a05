"""Closes all descriptors but the standard ones, and goes on with a thread."""

import os
import threading
import time

os.closerange(3, 4096)
thread = threading.Thread(target=time.sleep, args=(0.05,), name="after")
thread.start()
thread.join()
print("done")
