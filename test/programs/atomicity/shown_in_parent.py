"""Each worker of a pool returns what it found, and the parent collects it in a list of its own."""
import multiprocessing

results = []


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        results.extend(pool.map(square, range(4)))
    print("found", results)
