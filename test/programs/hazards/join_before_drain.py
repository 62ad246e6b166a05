"""Joins a process before what it put into a queue was taken out."""
import multiprocessing


def work(queue):
    queue.put("x" * 10)  # expect: hazard.join-before-drain


if __name__ == "__main__":
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=work, args=(queue,))
    process.start()
    process.join()  # expect: hazard.join-before-drain
    print(queue.get())  # expect: hazard.join-before-drain
