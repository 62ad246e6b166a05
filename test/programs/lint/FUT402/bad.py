import concurrent.futures as futures
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool
from multiprocessing.pool import ThreadPool

letters = ThreadPoolExecutor(max_workers=2)


def send(letter):
    with open(letter) as file:
        return file.read()


def post(letter):
    letters.submit(send, letter)  # expect: FUT402


def post_all(all_letters):
    with ThreadPoolExecutor() as executor:
        for letter in all_letters:
            executor.submit(send, letter)  # expect: FUT402
        print("posted")


def post_by_map(all_letters):
    with ProcessPoolExecutor() as executor:
        executor.map(send, all_letters)  # expect: FUT402
        print("posted")


def post_and_forget(letter):
    sent = letters.submit(send, letter)  # expect: FUT402
    print("posted")


def post_in_processes(all_letters):
    with Pool() as pool:
        pool.map_async(send, all_letters, callback=print)  # expect: FUT402
        pool.apply_async(send, (all_letters[0],))  # expect: FUT402
        pool.close()
        pool.join()
    with ThreadPool() as threads:
        threads.starmap_async(send, [(letter,) for letter in all_letters])  # expect: FUT402
        threads.close()
        threads.join()


class Office:
    def __init__(self):
        self._clerks = futures.ThreadPoolExecutor()

    def _stamp(self, letter):
        try:
            letter.stamp()
        except ValueError:
            print("no stamp")

    def stamp(self, letter):
        self._clerks.submit(self._stamp, letter)  # expect: FUT402

    def stamp_all(self, all_letters):
        stamped = self._clerks.map(self._stamp, all_letters)  # expect: FUT402
        return len(all_letters)
