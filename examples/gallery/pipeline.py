"""Pipeline: three stages, and the slowest one sets the pace.

Pictures are loaded, scaled and saved, each step in a thread of its own, with a short
queue before each. Sleeps stand for the work.

Look at: the lanes "load", "scale" and "save". the words in their bars say what they
wait for. "scale" only sleeps, that is works. "load" waits in `Queue.put`, since the
queue after it is full, and "save" in `Queue.get`, since the queue before it is empty.
Press C: the critical path runs through "scale".

Found: nothing.

Try next: change the time of "scale" in `STAGES` to 0.03 and run again: the run gets
shorter by what was saved, until another stage is the slowest. Making "load" faster
changes nothing.

Takes 2 minutes.
"""

import queue
import threading
import time

STAGES = [("load", 0.05), ("scale", 0.12), ("save", 0.03)]


def stage(source, target, seconds):
    """Takes from one queue and puts into the next, until None comes."""
    while True:
        picture = source.get()
        if picture is not None:
            time.sleep(seconds)
        target.put(picture)
        if picture is None:
            return


def main():
    queues = [queue.Queue(maxsize=2) for _ in STAGES]
    saved = queue.Queue()
    threads = []
    for (name, seconds), source, target in zip(STAGES, queues, [*queues[1:], saved]):
        threads.append(threading.Thread(target=stage, args=(source, target, seconds), name=name))
    for thread in threads:
        thread.start()
    for picture in [*range(12), None]:
        queues[0].put(picture)
    for thread in threads:
        thread.join()
    print(saved.qsize() - 1, "pictures are saved.")


if __name__ == "__main__":
    main()
