"""Two threads take work from one generator, one at a time; tickets come from a counter."""
import itertools
import threading

tickets = itertools.count()


def numbers():
    yield from range(20)


class Work:
    def __init__(self):
        self.source = numbers()
        self.lock = threading.Lock()

    def run(self):
        while True:
            with self.lock:
                number = next(self.source, None)
            if number is None:
                return
            print(number, next(tickets))


work = Work()
threads = [threading.Thread(target=work.run) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
