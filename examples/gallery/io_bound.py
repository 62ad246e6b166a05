"""I/O-bound work: six downloads that do nothing but wait.

A pool of three threads downloads six pages. The time for a page is that
of the network, for which a sleep stands here.

Look at: the lanes "download_0" to "download_2". They are hatched nearly
all the time, and at the same time: while a thread waits it needs no
core, so three threads wait for three pages at once. The core lanes on
top stay almost empty.

Found: nothing.

Try next: change `WORKERS` to 6 and press Run again on the timeline: all
six wait at once, and it takes half as long. Or click "compare" above
`download` and give `range(6)` as inputs: threads beat one after the
other, and processes only add the time that they need to start.

Takes 2 minutes.
"""

import time
from concurrent.futures import ThreadPoolExecutor

WORKERS = 3


def download(page):
    """Stands for a request to a server that takes its time."""
    time.sleep(0.4)
    return "page %d" % page


def main():
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="download") as pool:
        for text in pool.map(download, range(6)):
            print(text)


if __name__ == "__main__":
    main()
