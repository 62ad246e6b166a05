"""Runs a program of the bench alone, or (BENCH_SHARED=1) while another thread lives; prints the CPU time of this thread."""

import os
import threading
import time


def run(main):
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    if os.environ.get("BENCH_SHARED"):
        other.start()
    start = time.thread_time()
    main()
    print("figure", time.thread_time() - start)
    done.set()
