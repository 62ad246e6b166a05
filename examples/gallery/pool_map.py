"""Pool and map: the longest item comes last, and everybody waits for it.

Two processes share seven items by `map`. Six are short, the last one is
as long as four of them.

Look at: the two worker processes and the jobs in their lanes. At first
both are busy; at the end one computes alone, and the other one has
nothing to do. The cores on top show the same: two, then one.

Found: nothing.

Try next: in `main`, change `ITEMS` to `sorted(ITEMS, reverse=True)` and
run again: the long item comes first, the short ones fill the other
process meanwhile, and the run gets shorter.

Takes 2 minutes.
"""

from concurrent.futures import ProcessPoolExecutor

ITEMS = [1, 1, 1, 1, 1, 1, 4]


def work(size):
    """Work for the processor, as much as `size` says."""
    return sum(number * number % 7 for number in range(size * 1_000_000))


def main():
    with ProcessPoolExecutor(max_workers=2) as pool:
        print(sum(pool.map(work, ITEMS)))


if __name__ == "__main__":
    main()
