"""Tiny methods over many objects; prints seconds of CPU."""

from common import run


class Cell:
    def __init__(self, value):
        self.value = value

    def get(self):
        return self.value

    def add(self, count):
        self.value += count


def main():
    cells = [Cell(i) for i in range(200)]
    for _ in range(300):
        for cell in cells:
            cell.add(1)
            cell.get()


run(main)
