from multiprocessing import Pool

words = ["tea", "milk"]


def lengths():
    """How long they are."""
    with Pool() as pool:
        return pool.map(lambda word: len(word) + 1, words)  # expect: MPR305
