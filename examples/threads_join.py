"""The main thread splits the work, starts a thread for each part and joins them one after another.

Look at: the main thread's waits, each of which is for one thread; the arrow at the end comes from the thread that ended.
The last two joins are over at once, because those threads were done before.
"""

import threading
import time

TEXT = "the quick brown fox jumps over the lazy dog " * 40


def count_words(part, counts, number):
    time.sleep(0.15 - 0.04 * number)  # Stands for reading the part from a slow disk.
    words = {}
    for word in part.split():
        words[word] = words.get(word, 0) + 1
    counts[number] = words


def main():
    size = len(TEXT) // 4
    counts = [None] * 4
    threads = []
    for number in range(4):
        part = TEXT[number * size : (number + 1) * size]
        thread = threading.Thread(target=count_words, args=(part, counts, number), name="part-%d" % number)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    total = {}
    for words in counts:
        for word, count in words.items():
            total[word] = total.get(word, 0) + count
    print("most frequent:", max(total, key=total.get))


if __name__ == "__main__":
    main()
