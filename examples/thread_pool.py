"""Thumbnails by a pool of three threads: submit, as_completed, map, a job that fails and one that is cancelled.

Look at: the lanes "thumbnail_0" to "thumbnail_2" with a bar for each job, idle in between; and MainThread, which waits in
`concurrent.futures.as_completed` and `Future.result`. The arrow of a wait leads to the worker that ended it.
"""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def thumbnail(name):
    """Stands for reading and scaling a picture."""
    if name == "broken.png":
        raise ValueError("not a picture: " + name)
    time.sleep(0.03)
    return name.replace(".png", ".thumb.png")


def measure(name):
    time.sleep(0.01)
    return len(name)


def main():
    names = ["cat.png", "dog.png", "broken.png", "house.png", "tree.png"]
    with ThreadPoolExecutor(max_workers=3, thread_name_prefix="thumbnail") as pool:
        futures = {pool.submit(thumbnail, name): name for name in names}
        # The pool is busy, so this one has not begun and can be taken back.
        late = pool.submit(thumbnail, "late.png")
        print("cancelled:", late.cancel())

        done = []
        for future in as_completed(futures):
            try:
                done.append(future.result())
            except ValueError as error:
                print(error)
        print(sorted(done))
        print(sum(pool.map(measure, names)))


if __name__ == "__main__":
    main()
