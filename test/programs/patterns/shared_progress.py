"""Processes that add to a shared value under its lock, and hand back what they found: correct."""
import multiprocessing

progress = None


def begin(value):
    global progress
    progress = value


def count(numbers):
    found = 0
    for number in numbers:
        if number % 3 == 0:
            found += 1
        with progress.get_lock():
            progress.value += 1
    return found


def main():
    value = multiprocessing.Value("i", 0)
    parts = [range(start, start + 10) for start in range(0, 60, 10)]
    with multiprocessing.Pool(2, begin, (value,)) as pool:
        found = sum(pool.map(count, parts))
        pool.close()
        pool.join()
    print(found, value.value)


if __name__ == "__main__":
    main()
