"""Each worker of a pool appends to its own copy of a list; the one that is shown stays empty."""
import multiprocessing

results = []


def square(number):
    results.append(number * number)  # expect: process.lost-write


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        pool.map(square, range(4))
    print(results)  # expect: process.lost-write
