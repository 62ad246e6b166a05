"""Four threads take lines from a queue, split and count them, and keep a total under a lock; prints seconds."""

import queue
import threading
import time

LINE = "alpha beta, gamma delta; alpha epsilon (zeta) eta 42 theta alpha iota kappa lambda mu nu xi " * 4


class Totals:
    def __init__(self):
        self.lock = threading.Lock()
        self.words = {}

    def add(self, counts):
        with self.lock:
            for word, count in counts.items():
                self.words[word] = self.words.get(word, 0) + count


def split(line):
    words, word = [], ""
    for character in line:
        if character.isalnum():
            word += character
        elif word:
            words.append(word)
            word = ""
    return words


def worker(lines, totals):
    while True:
        line = lines.get()
        if line is None:
            return
        counts = {}
        for word in split(line):
            counts[word] = counts.get(word, 0) + 1
        totals.add(counts)


def main():
    lines, totals = queue.Queue(), Totals()
    threads = [threading.Thread(target=worker, args=(lines, totals)) for _ in range(4)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for _ in range(20_000):
        lines.put(LINE)
    for _ in threads:
        lines.put(None)
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


print("figure", main())
