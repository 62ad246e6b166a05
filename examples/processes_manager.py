"""A manager keeps a dictionary in a process of its own; two workers use it as if it were theirs.

Look at: the manager's server process. Each `votes[...]` in a worker is a message to it and a wait for the answer, which
is why many small accesses through a manager are slow.
"""

import multiprocessing


def count(votes, lock, ballots):
    for ballot in ballots:
        with lock:
            votes[ballot] = votes.get(ballot, 0) + 1


def main():
    with multiprocessing.Manager() as manager:
        votes, lock = manager.dict(), manager.Lock()
        ballots = ["tea", "coffee", "tea", "water", "coffee", "tea"] * 4
        counters = [
            multiprocessing.Process(target=count, args=(votes, lock, ballots[n::2]), name="counter-%d" % n)
            for n in range(2)
        ]
        for process in counters:
            process.start()
        for process in counters:
            process.join()
        for drink, number in sorted(votes.items()):
            print(drink, number)


if __name__ == "__main__":
    main()
