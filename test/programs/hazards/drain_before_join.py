"""Takes everything out before the join: correct."""
import multiprocessing


def work(tasks, results):
    while True:
        task = tasks.get()
        if task is None:
            break
        results.put(task * task)


if __name__ == "__main__":
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(tasks, results)) for _ in range(2)]
    for process in processes:
        process.start()
    for task in range(6):
        tasks.put(task)
    for _ in processes:
        tasks.put(None)
    print(sorted(results.get() for _ in range(6)))
    for process in processes:
        process.join()
