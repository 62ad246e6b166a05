import multiprocessing
import multiprocessing.pool
import subprocess
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool, Process
from multiprocessing.pool import ThreadPool


def render_page(page):
    return page.upper()


def one_by_one(pages):
    return [render_page(page) for page in pages]


def in_threads(pages):
    with ThreadPoolExecutor() as executor:
        return list(executor.map(render_page, pages))


def by_a_program(pages):
    return subprocess.run(["render", *pages], check=True)


def in_processes(pages):
    with Pool(2) as pool:
        return pool.map(render_page, pages)


def in_processes_if_possible(pages):
    if multiprocessing.current_process().daemon:
        return one_by_one(pages)
    with Pool(2) as pool:
        return pool.map(render_page, pages)


def starts_a_helper(pages):
    helper = Process(target=one_by_one, args=(pages,))
    helper.start()
    helper.join()


class UndaemonicPool(multiprocessing.pool.Pool):
    """Its workers may have children."""


def main(books):
    with Pool() as pool:
        pool.map(one_by_one, books)
        pool.map(in_threads, books)
        pool.map(by_a_program, books)
        pool.map(in_processes_if_possible, books)
        pool.map_async(one_by_one, books, callback=in_processes).wait()
    with ProcessPoolExecutor() as executor:
        print(list(executor.map(in_processes, books)))
    with ThreadPool() as threads:
        threads.map(in_processes, books)
    with UndaemonicPool() as pool:
        pool.map(in_processes, books)
    clerk = Process(target=starts_a_helper, args=(books[0],))
    clerk.start()
    other = Process(target=in_processes, args=(books[0],), daemon=False)
    other.start()


if __name__ == "__main__":
    main([["one", "two"]])
