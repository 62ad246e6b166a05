"""Starts another Python and never ends; prints both pids."""

import os
import subprocess
import sys
import threading

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, flush=True)
threading.Event().wait()
