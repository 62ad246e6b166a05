import multiprocessing
import multiprocessing as mp
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.pool import ThreadPool

forking = mp.get_context("fork")
results = mp.Queue()
total = mp.Value("i", 0)
gate = mp.Lock()
workers = ProcessPoolExecutor(max_workers=2)


def weigh(parcel):
    return len(parcel)


reserve = mp.Process(target=weigh, args=("crate",))


def weigh_all(parcels):
    with mp.Pool(2) as pool:
        return pool.map(weigh, parcels)


def weigh_later(parcels):
    return [workers.submit(weigh, parcel) for parcel in parcels]


class Scale:
    def __init__(self):
        self.pool = None

    def weigh(self, parcels):
        if self.pool is None:
            self.pool = multiprocessing.Pool()
        return self.pool.map(weigh, parcels)


scale = Scale()

with ThreadPool(2) as threads:
    print(threads.map(weigh, ["box", "bag"]))

with ThreadPoolExecutor() as threads:
    print(list(threads.map(weigh, ["box", "bag"])))

with forking.Pool(2) as forked:
    print(forked.map(weigh, ["box", "bag"]))

if "__main__" == __name__ and len(sys.argv) > 1:
    print(weigh_all(sys.argv[1:]))

if __name__ in ("__main__", "parcels"):
    reserve.start()
    reserve.join()

if mp.parent_process() is None:
    print(weigh_all(["box", "bag"]))


def weigh_if_main(parcels):
    if __name__ == "__main__":
        print(weigh_all(parcels))


weigh_if_main(["box", "bag"])
