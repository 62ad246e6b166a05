"""Pipeline: three stages, and the slowest one sets the pace.

Pictures are loaded, scaled and saved, each step in a thread of its own,
with a short queue before each. The work is computing that needs no GIL,
so that the stages can run at the same time.

Look at: the lanes "load", "scale" and "save". "scale" is full nearly
all the time (where it is thin, other programs have the cores). "load"
is mostly hatched: it waits in `Queue.put`, since the queue after it is
full. "save" waits in `Queue.get`, since the queue before it is empty.
Press C: the critical path runs mostly through "scale".

Found: nothing.

Try next: in `STAGES`, change the 1 of "load" to 3 and run again: the
run takes hardly longer, since "scale" is slower still. Then change the
6 of "scale" to 2: the run gets much shorter, and now it is "load" for
which the others wait.

Takes 2 minutes.
"""

import hashlib
import queue
import threading

STAGES = [("load", 1), ("scale", 6), ("save", 1)]


def stage(source, target, amount):
    """Takes from one queue and puts into the next, until None comes."""
    while True:
        picture = source.get()
        if picture is not None:
            hashlib.pbkdf2_hmac("sha256", b"picture", b"salt", amount * 12_000)
        target.put(picture)
        if picture is None:
            return


def main():
    queues = [queue.Queue(maxsize=2) for _ in STAGES]
    saved = queue.Queue()
    threads = []
    for (name, amount), source, target in zip(STAGES, queues, [*queues[1:], saved]):
        threads.append(threading.Thread(target=stage, args=(source, target, amount), name=name))
    for thread in threads:
        thread.start()
    for picture in [*range(12), None]:
        queues[0].put(picture)
    for thread in threads:
        thread.join()
    print(saved.qsize() - 1, "pictures are saved.")


if __name__ == "__main__":
    main()
