"""Mixed work: wait for a page, then compute with it.

Four threads each load a page (waiting) and count its words (computing),
three times.

Look at: the lanes "reader_0" to "reader_3". Hatched stretches overlap
freely, full ones do not: while one thread counts, another that would
like to is a thin double line: it wants the GIL. Press C for the
critical path: it shows whether loading or counting decides how long the
run takes.

Found: nothing.

Try next: click "compare" above `work` and give `range(8)` as inputs.
Then change `COUNTINGS` to 1 or to 300 and compare again: more waiting
speaks for threads, more computing for processes.

Takes 3 minutes.
"""

import time
from concurrent.futures import ThreadPoolExecutor

COUNTINGS = 60


def work(page):
    return count_words(load(page))


def load(page):
    """Stands for reading from a disk or a server."""
    time.sleep(0.15)
    return ("some words of page %d " % page) * 1_500


def count_words(text):
    """Counts again and again, so that there is something to see."""
    counts = {}
    for _ in range(COUNTINGS):
        for word in text.split():
            counts[word] = counts.get(word, 0) + 1
    return len(counts)


def main():
    with ThreadPoolExecutor(4, thread_name_prefix="reader") as pool:
        print(sum(pool.map(work, range(12))), "different words")


if __name__ == "__main__":
    main()
