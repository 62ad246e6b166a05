"""The same work in a child process, once for each way to start one: fork, spawn and forkserver.

Look at: how long a process takes from its start to its first line of work. `fork` copies this process at once, `spawn`
starts a new Python that imports this file again, and `forkserver` asks a server, itself a process, to fork.
"""

import multiprocessing
import os


def count_primes(limit, method):
    found = 0
    for number in range(2, limit):
        if all(number % divisor for divisor in range(2, int(number**0.5) + 1)):
            found += 1
    print("%s: %d primes, own process: %s" % (method, found, os.getpid() != os.getppid()), flush=True)


def main():
    for method in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context(method)
        process = context.Process(target=count_primes, args=(8_000, method), name="primes by %s" % method)
        process.start()
        process.join()
        print(process.name, "ended with", process.exitcode, flush=True)


# spawn and forkserver import this file in the child; without this line the children would start children.
if __name__ == "__main__":
    main()
