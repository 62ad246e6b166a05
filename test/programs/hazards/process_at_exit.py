"""A daemon process and a child program still run when the program ends."""
import multiprocessing
import subprocess
import sys
import time


def work():
    time.sleep(30)


if __name__ == "__main__":
    multiprocessing.Process(target=work, daemon=True).start()  # expect: leak.running-at-exit
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3)"])  # expect: leak.running-at-exit
    time.sleep(0.5)
