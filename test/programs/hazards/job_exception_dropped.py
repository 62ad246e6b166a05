"""Jobs of executors fail, and what they ended with is thrown away."""
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, wait


def save(number):
    if number % 2 == 0:
        raise ValueError(number)  # expect: leak.exception-never-retrieved
    return number


def main():
    with ThreadPoolExecutor(2) as pool:
        pool.submit(save, 2)  # expect: leak.exception-never-retrieved
        pool.map(save, range(3))  # expect: leak.exception-never-retrieved
        wait([pool.submit(save, 4)])  # expect: leak.exception-never-retrieved
    with ProcessPoolExecutor(1) as pool:
        pool.submit(save, 6)  # expect: leak.exception-never-retrieved


if __name__ == "__main__":
    main()
