"""Functions whose nature is known, for `interleave compare`; what is to be found stands in bench/natures.mjs."""

import asyncio
import hashlib
import json
import os
import re
import socket
import sqlite3
import tempfile
import threading
import time

BLOCK = bytes(4 << 20)
TEXT = "the quick brown fox 12345 jumps over 67890 lazy dogs " * 400
RECORDS = [{"id": i, "name": "n%d" % i, "tags": ["a", "b", str(i)]} for i in range(3000)]


def sleeps(number):
    time.sleep(0.05)


LOCK = threading.Lock()


def sleeps_with_the_lock(number):
    with LOCK:
        time.sleep(0.05)


async def awaits(number):
    await asyncio.sleep(0.05)


async def blocks_the_loop(number):
    time.sleep(0.05)


def sleeps_unevenly(number):
    time.sleep(0.4 if number == 7 else 0.02)


def tiny(number):
    return number + 1


def counts(number):
    total = 0
    for i in range(1_500_000):
        total += i & 7
    return total


def asks_over_a_socket(number):
    """The other side takes 50 ms to answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer, args=(server,)).start()
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"?")
            return client.recv(1)


def _answer(server):
    connection = server.accept()[0]
    with connection:
        connection.recv(1)
        time.sleep(0.05)
        connection.sendall(b"!")


def writes_files(number):
    """Each write waits for the disk."""
    with tempfile.TemporaryFile() as file:
        for _ in range(20):
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())


def hashes(number):
    """Large blocks: hashlib frees the GIL."""
    found = hashlib.sha256()
    for _ in range(12):
        found.update(BLOCK)
    return found.digest()


def queries(number):
    """sqlite3 frees the GIL while a statement runs."""
    base = sqlite3.connect(":memory:")
    query = "with recursive c(x) as (select 1 union all select x + 1 from c where x < 400000) select sum(x) from c"
    return base.execute(query).fetchone()


def matches(number):
    return sum(len(re.findall(r"(\w+) (\d+)", TEXT)) for _ in range(20))


def dumps(number):
    return sum(len(json.dumps(RECORDS)) for _ in range(12))


def multiplies(number):
    """Large matrices: numpy frees the GIL, and may use threads of its own."""
    import numpy

    matrix = numpy.ones((500, 500))
    for _ in range(6):
        matrix = matrix @ matrix / 500
    return matrix[0, 0]


if __name__ == "__main__":
    sleeps(1)
