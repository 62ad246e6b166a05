"""Threads that work in phases, with a barrier between them: correct."""
import threading


class Grid:
    def __init__(self):
        self.cells = [1, 2, 3]
        self.sums = [0, 0, 0]
        self.barrier = threading.Barrier(3)

    def work(self, number):
        self.cells[number] += int("1")
        self.barrier.wait()
        self.sums[number] = sum(self.cells)
        self.barrier.wait()
        self.cells[number] += self.sums[(number + 1) % 3]


grid = Grid()
threads = [threading.Thread(target=grid.work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(grid.cells)
