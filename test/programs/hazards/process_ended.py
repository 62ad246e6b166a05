"""Processes that are waited for, or ended and waited for, and pools that end theirs."""
import multiprocessing
import subprocess
import sys
import time


def work(number):
    return number


def sleep():
    time.sleep(30)


if __name__ == "__main__":
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    forgotten = subprocess.Popen([sys.executable, "-c", "pass"])
    daemon = multiprocessing.Process(target=sleep, daemon=True)
    daemon.start()
    pool = multiprocessing.Pool(1)
    print(pool.map(work, [1, 2]))
    daemon.terminate()
    daemon.join()
    while not forgotten.stdin and forgotten.poll() is None:
        time.sleep(0.01)
