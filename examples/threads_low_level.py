"""Threads without the `threading` module: `_thread` has only a start and a lock.

Look at: two lanes named after the function that they run. There is no join at this level: the main thread waits for
each of them by a lock which the thread gives back as its last act.
"""

import _thread

finished = []


def checksum(text, rounds, done):
    value = 1
    for _ in range(rounds):
        for letter in text:
            value = (value * 31 + ord(letter)) % 65_521
    finished.append((text, value))
    done.release()


def main():
    locks = []
    for text, rounds in (("interleave", 20_000), ("concurrency", 30_000)):
        done = _thread.allocate_lock()
        done.acquire()
        locks.append(done)
        _thread.start_new_thread(checksum, (text, rounds, done))
    for done in locks:
        done.acquire()
    for text, value in sorted(finished):
        print(text, value)


if __name__ == "__main__":
    main()
