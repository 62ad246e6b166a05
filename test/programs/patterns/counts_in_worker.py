"""A pool's workers count in a module's name what their parent then reads."""
from concurrent.futures import ProcessPoolExecutor

processed = 0
errors = []


def work(number):
    global processed
    processed += 1  # expect: process.lost-write
    if number % 4 == 0:
        errors.append(number)  # expect: process.lost-write
    return number


def main():
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, range(8)))
    print("processed", processed, "errors", len(errors))  # expect: process.lost-write


if __name__ == "__main__":
    main()
