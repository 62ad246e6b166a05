"""Two processes work on halves of the same memory; nothing is copied between them.

Look at: after the start there is not one wait between the children, since each has its own half. The only waits are the
main process's joins.
"""

import multiprocessing
from multiprocessing import shared_memory

SIZE = 60_000


def blur(name, first, last):
    memory = shared_memory.SharedMemory(name=name)
    pixels = memory.buf
    for place in range(first + 1, last):
        pixels[place] = (pixels[place - 1] + pixels[place]) // 2
    del pixels
    memory.close()


def main():
    memory = shared_memory.SharedMemory(create=True, size=SIZE)
    try:
        memory.buf[:SIZE] = bytes(n * 37 % 256 for n in range(SIZE))
        halves = [(0, SIZE // 2), (SIZE // 2, SIZE)]
        processes = [
            multiprocessing.Process(target=blur, args=(memory.name, first, last), name="half-%d" % number)
            for number, (first, last) in enumerate(halves)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        print("mean", sum(memory.buf[:SIZE]) // SIZE)
    finally:
        memory.close()
        memory.unlink()


if __name__ == "__main__":
    main()
