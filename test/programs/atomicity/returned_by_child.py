"""Results that child processes return: correct."""
import multiprocessing


def work(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        results = pool.map(work, range(4))
    print(sum(results))
