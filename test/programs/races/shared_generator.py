"""Two threads take work from one generator."""
import threading
import time


def numbers():
    for number in range(20):
        time.sleep(0.0001)
        yield number


class Work:
    def __init__(self):
        self.source = numbers()
        self.done = []

    def run(self):
        try:
            while True:
                number = next(self.source, None)  # expect: race.iterator
                if number is None:
                    return
                self.done.append(number)
        except ValueError as error:
            print(error)


work = Work()
threads = [threading.Thread(target=work.run) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
