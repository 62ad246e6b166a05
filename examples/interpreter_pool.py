"""A pool of interpreters: threads in one process, each with a GIL of its own (Python 3.14 and newer).

Look at: the cores. With ThreadPoolExecutor in the place of InterpreterPoolExecutor one at a time would be busy; here all are.
Below the pool, a queue between two interpreters.
"""

import concurrent.futures
import sys
import threading


def primes(limit):
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


def main():
    if sys.version_info < (3, 14):
        print("Python %d.%d has no pool of interpreters; 3.14 has." % sys.version_info[:2])
        return
    with concurrent.futures.InterpreterPoolExecutor(2) as pool:
        print(list(pool.map(primes, [20_000] * 4)))
    between_interpreters()


def between_interpreters():
    from concurrent import interpreters

    results = interpreters.create_queue()
    helper = interpreters.create()
    helper.prepare_main(results=results)
    work = "import time; time.sleep(0.1); results.put('from the other one')"
    thread = threading.Thread(target=helper.exec, args=(work,), name="helper")
    thread.start()
    print(results.get())
    thread.join()
    print(helper.call(primes, 1_000))


if __name__ == "__main__":
    main()
