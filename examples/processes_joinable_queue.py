"""Two worker processes take jobs from a queue and report each one as done.

Look at: the main process waits in `JoinableQueue.join` until `task_done` was called for every job. The workers are
daemons: they would wait for more jobs for ever, and end with the main process.
"""

import multiprocessing


def work(jobs, results):
    while True:
        size = jobs.get()
        results.put((size, sum(n * n for n in range(size)) % 1_009))
        jobs.task_done()


def main():
    jobs, results = multiprocessing.JoinableQueue(), multiprocessing.SimpleQueue()
    for number in range(2):
        multiprocessing.Process(target=work, args=(jobs, results), name="worker-%d" % number, daemon=True).start()
    sizes = [40_000, 10_000, 60_000, 20_000, 30_000, 50_000]
    for size in sizes:
        jobs.put(size)
    jobs.join()
    for size, value in sorted(results.get() for _ in sizes):
        print(size, value)


if __name__ == "__main__":
    main()
