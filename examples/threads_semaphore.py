"""Six downloads share two connections: a semaphore lets two of them in at a time.

Look at: never more than two of the lanes "download-0" to "download-5" are past their wait for `connections`. The
BoundedSemaphore would raise an error if a connection were given back twice.
"""

import threading
import time

connections = threading.BoundedSemaphore(2)
results = {}


def fetch(name, seconds):
    """Stands for a request: most of the time it waits for the other side."""
    time.sleep(seconds)
    return "%s: %d bytes" % (name, int(seconds * 10_000))


def download(number):
    name = "file-%d" % number
    with connections:
        results[name] = fetch(name, 0.05 + 0.01 * number)


def main():
    downloads = [threading.Thread(target=download, args=(n,), name="download-%d" % n) for n in range(6)]
    for thread in downloads:
        thread.start()
    for thread in downloads:
        thread.join()
    for line in sorted(results.values()):
        print(line)


if __name__ == "__main__":
    main()
