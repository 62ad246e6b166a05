"""A child that is made by fork has the log, but not the thread that writes it."""
import multiprocessing
import queue
import threading


class Log:
    def __init__(self):
        self.lines = queue.Queue()
        self.writer = threading.Thread(target=self._write, daemon=True)
        self.writer.start()  # expect: THR122

    def _write(self):
        while True:
            print(self.lines.get())
            self.lines.task_done()

    def add(self, line):
        self.lines.put(line)


log = Log()


def work(number):
    log.add("job %d" % number)


def main():
    processes = [multiprocessing.Process(target=work, args=(number,)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
