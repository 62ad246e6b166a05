"""`os.fork` without multiprocessing: three children, and a parent that waits for them in the order in which they end.

Look at: each child is a copy of the process at the moment of the fork, so its lane starts right there. The parent waits
in `os.wait`; the child that it got is the arrow's other end.
"""

import os
import sys


def child(number):
    """The child's whole life; its exit status carries the result."""
    value = 0
    for n in range(60_000 * (3 - number)):
        value = (value + n * number) % 101
    return value


def main():
    if not hasattr(os, "fork"):
        print("This system has no fork.")
        return
    sys.stdout.flush()  # What is still in the buffer would otherwise be printed by every child.
    numbers = {}
    for number in range(3):
        pid = os.fork()
        if pid == 0:
            os._exit(child(number))
        numbers[pid] = number
    results = {}
    while numbers:
        pid, status = os.wait()
        results[numbers.pop(pid)] = os.WEXITSTATUS(status)
    print("results", sorted(results.items()))


if __name__ == "__main__":
    main()
