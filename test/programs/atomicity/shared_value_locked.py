"""A value that processes share and add to, holding its lock: correct."""
import multiprocessing


def work(value):
    for _ in range(50):
        with value.get_lock():
            value.value += 1


if __name__ == "__main__":
    value = multiprocessing.Value("i", 0)
    processes = [multiprocessing.Process(target=work, args=(value,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(value.value)
