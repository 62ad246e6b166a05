"""Workers wait for the configuration; one event lets all of them go.

Look at: three lanes wait at `threading.Event.wait` and go on at the same moment, each with an arrow from the `set` in
"loader". The heartbeat waits for `stop` with a time-out, so its waits end by themselves until the last one.
"""

import threading
import time

configuration = {}
totals = {}
configured = threading.Event()
stop = threading.Event()


def loader():
    time.sleep(0.2)  # Stands for reading a file over a slow network.
    configuration.update(retries=3, size=40_000)
    configured.set()


def worker(number):
    configured.wait()
    totals[number] = sum(n % (number + 2) for n in range(configuration["size"]))


def heartbeat():
    beats = 0
    while not stop.wait(timeout=0.05):
        beats += 1
    print("heartbeat stopped:", beats > 0)


def main():
    heart = threading.Thread(target=heartbeat, name="heartbeat")
    heart.start()
    workers = [threading.Thread(target=worker, args=(n,), name="worker-%d" % n) for n in range(3)]
    for thread in workers:
        thread.start()
    threading.Thread(target=loader, name="loader").start()
    for thread in workers:
        thread.join()
    stop.set()
    heart.join()
    print("totals", sorted(totals.items()))


if __name__ == "__main__":
    main()
