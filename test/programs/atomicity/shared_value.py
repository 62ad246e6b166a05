"""A value that processes share and add to, without its lock."""
import multiprocessing
import time


def work(value):
    for _ in range(50):
        value.value += 1  # expect: atomicity.value
        time.sleep(0.0005)


if __name__ == "__main__":
    value = multiprocessing.Value("i", 0)
    processes = [multiprocessing.Process(target=work, args=(value,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
