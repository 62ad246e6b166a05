"""Two processes add to a shared value without holding its lock over both steps."""
# confirm: atomicity.value
import multiprocessing
import time


def work(value):
    for _ in range(50):
        value.value += 1
        time.sleep(0.001)


if __name__ == "__main__":
    value = multiprocessing.Value("i", 0)
    processes = [multiprocessing.Process(target=work, args=(value,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
