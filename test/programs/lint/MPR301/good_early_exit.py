import sys
from multiprocessing import Pool


def greet(name):
    return f"Hello {name}"


if __name__ != "__main__":
    sys.exit("This is a program.")

with Pool() as pool:
    print(pool.map(greet, ["Ada", "Alan"]))
