from multiprocessing import Pool

words = ["tea", "milk"]


def _work(word):
    return len(word) + 1


def lengths():
    """How long they are."""
    with Pool() as pool:
        return pool.map(_work, words)  # expect: MPR305
