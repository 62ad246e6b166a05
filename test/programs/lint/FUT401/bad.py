import asyncio
import concurrent.futures
from concurrent.futures import ThreadPoolExecutor as Threads
from concurrent.futures import as_completed, wait
from multiprocessing.pool import ThreadPool

pool = Threads(max_workers=2)
threads = ThreadPool(2)


def read_title(page):
    return page.title()


def build(page):
    title = pool.submit(read_title, page)
    return title.result(timeout=1)  # expect: FUT401


def build_at_once(page):
    return pool.submit(read_title, page).result()  # expect: FUT401


def build_all(pages):
    return list(pool.map(read_title, pages))  # expect: FUT401


def build_each(pages):
    jobs = [pool.submit(read_title, page) for page in pages]
    for job in as_completed(jobs):  # expect: FUT401
        print(job.result())


def build_some(pages):
    jobs = [pool.submit(read_title, page) for page in pages]
    done, _ = wait(jobs)  # expect: FUT401
    return len(done)


def publish(page):
    return look_up(page)


def look_up(page):
    return pool.submit(read_title, page).result()  # expect: FUT401


def check(page):
    return threads.apply(read_title, (page,))  # expect: FUT401


def main(pages):
    jobs = [pool.submit(build, page) for page in pages]
    jobs += [pool.submit(build_at_once, page) for page in pages]
    jobs += [pool.submit(build_all, pages), pool.submit(build_each, pages), pool.submit(build_some, pages)]
    print([job.result() for job in jobs])
    print(list(pool.map(publish, pages)))
    print(threads.map(check, pages))


class Tree:
    def __init__(self):
        self._pool = concurrent.futures.ThreadPoolExecutor()

    def weigh(self, node):
        jobs = [self._pool.submit(self.weigh, child) for child in node.children]
        return 1 + sum(job.result() for job in jobs)  # expect: FUT401

    def weigh_all(self, root):
        return self._pool.submit(self.weigh, root).result()


def copy_tree(root):
    with Threads() as copiers:

        def copy(node):
            copies = copiers.map(copy, node.children)
            for each in copies:  # expect: FUT401
                print(each)

        return copiers.submit(copy, root).result()


async def serve(page):
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(pool, answer, page)


def answer(page):
    return pool.submit(read_title, page).result()  # expect: FUT401
