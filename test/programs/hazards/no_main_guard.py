"""Starts processes at import: each child would do so, too, and fails."""
# timeout: 3
import multiprocessing


def work(number):
    return number + 1


context = multiprocessing.get_context("spawn")
process = context.Process(target=work, args=(1,))
process.start()  # expect: hazard.no-main-guard
process.join()
