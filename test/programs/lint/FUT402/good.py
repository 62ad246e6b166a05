import asyncio
import concurrent.futures
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool

logger = logging.getLogger(__name__)
letters = ThreadPoolExecutor(max_workers=2)
ready = threading.Event()


def send(letter):
    with open(letter) as file:
        return file.read()


def send_and_tell(letter):
    """Tells of its own errors."""
    try:
        send(letter)
    except Exception:
        logger.exception("cannot send %s", letter)


def asks(letter):
    return letters.submit(send, letter).result()


def asks_all(all_letters):
    with ThreadPoolExecutor() as executor:
        jobs = [executor.submit(send, letter) for letter in all_letters]
        for job in concurrent.futures.as_completed(jobs):
            print(job.result())


def goes_through(all_letters):
    with ThreadPoolExecutor() as executor:
        for text in executor.map(send, all_letters):
            print(text)
        print(*executor.map(send, all_letters))


def goes_through_later(all_letters):
    texts = letters.map(send, all_letters)
    print("posted")
    return list(texts)


def hands_on(letter, jobs):
    jobs.append(letters.submit(send, letter))
    jobs.append(letters.map(send, [letter]))
    return letters.submit(send, letter)


def is_told(letter):
    letters.submit(send, letter).add_done_callback(print)
    job = letters.submit(send, letter)
    job.add_done_callback(print)


def means_it(letter):
    _ = letters.submit(send, letter)
    letters.submit(send_and_tell, letter)


def cannot_fail():
    letters.submit(ready.set)
    letters.submit(print, "hello")
    letters.submit(logger.info, "hello")


def of_processes(all_letters):
    with Pool() as pool:
        pool.map(send, all_letters)
        pool.map_async(send, all_letters, error_callback=print)
        job = pool.apply_async(send, (all_letters[0],))
        print(job.get())


def in_a_lambda(letter):
    return lambda: letters.submit(send, letter)


async def awaits(letter):
    await asyncio.wrap_future(letters.submit(send, letter))
    return await asyncio.get_running_loop().run_in_executor(letters, send, letter)


class Form:
    """Has its own submit and map."""

    def submit(self, *fields):
        print(fields)

    def map(self, *fields):
        print(fields)


def fills_a_form(client):
    form = Form()
    form.submit("name", "Ada")
    form.map("name", "Ada")
    client.submit("name", "Ada")


class Office:
    def __init__(self):
        self._clerks = ThreadPoolExecutor()
        self._job = None

    def open(self, letter):
        self._job = self._clerks.submit(send, letter)
