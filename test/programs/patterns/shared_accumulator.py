"""Jobs of a pool that add to what they close over, and a list that each replaces by a longer one."""
import time
from concurrent.futures import ThreadPoolExecutor


def total_of(files):
    total = 0
    names = []

    def add(file):
        nonlocal total, names
        size = len(file)
        time.sleep(0.0002)
        total += size  # expect: race.data
        names = names + [file]  # expect: race.data

    with ThreadPoolExecutor(3) as pool:
        for file in files:
            pool.submit(add, file)
    return total, len(names)


print(total_of([f"file{n}" for n in range(15)])[0] > 0)
