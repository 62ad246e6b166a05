"""Three processes add to one number in shared memory, under the lock that belongs to it.

Look at: the waits for `total`'s lock. Adding is a read and a write, so without the lock some additions would be lost. At
first all processes wait at the barrier, so that they start together.
"""

import multiprocessing


def add(total, start, amounts):
    start.wait()
    for amount in amounts:
        with total.get_lock():
            before = total.value
            # Taken while the lock is held, as in "read the balance, decide, write it back".
            tax = sum(n % 3 for n in range(5_000)) % 2
            total.value = before + amount + tax


def main():
    total = multiprocessing.Value("q", 0)
    start = multiprocessing.Barrier(3)
    processes = []
    for number in range(3):
        amounts = list(range(number, 60, 3))
        processes.append(multiprocessing.Process(target=add, args=(total, start, amounts), name="adder-%d" % number))
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print("total", total.value)


if __name__ == "__main__":
    main()
