import multiprocessing
import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor as Workers
from multiprocessing import Manager, Process


def resize(path):
    return path.replace(".png", ".small.png")


def resize_all(paths):
    with mp.Pool(2) as pool:
        return pool.map(resize, paths)


def main():
    print(resize_all(["cat.png"]))


spawning = mp.get_context("spawn")
with spawning.Pool(1) as pool:  # expect: MPR301
    print(pool.map(resize, ["dog.png"]))

helper = Process(target=resize, args=("cow.png",))
helper.start()  # expect: MPR301
helper.join()

multiprocessing.freeze_support()
seen = Manager().dict()  # expect: MPR301

workers = Workers(max_workers=2)
small = workers.submit(resize, "hen.png")  # expect: MPR301
print(small.result())

helpers = [Process(target=resize, args=(name,)) for name in ("a.png", "b.png")]
for each in helpers:
    each.start()  # expect: MPR301
for each in helpers:
    each.join()

try:
    main()  # expect: MPR301
except OSError as error:
    print(error)

Process(target=resize, args=("pig.png",)).start()  # expect: MPR301
