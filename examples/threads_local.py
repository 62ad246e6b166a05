"""Each thread has a connection of its own in a `threading.local`, so nothing has to be locked.

Look at: three lanes that never wait for each other; each opens its connection once, at its first use, and the span
`open_connection` appears once in every lane.
"""

import threading

mine = threading.local()
rows = []


class Connection:
    def __init__(self, owner):
        self.owner = owner
        self.queries = 0

    def query(self, number):
        self.queries += 1
        return sum(n * number for n in range(8_000)) % 101


def open_connection():
    return Connection(threading.current_thread().name)


def connection():
    """The calling thread's connection."""
    if not hasattr(mine, "connection"):
        mine.connection = open_connection()
    return mine.connection


def report(first):
    for number in range(first, first + 6):
        connection().query(number)
    rows.append((connection().owner, connection().queries))


def main():
    threads = [threading.Thread(target=report, args=(n * 6,), name="report-%d" % n) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for owner, queries in sorted(rows):
        print(owner, "asked", queries, "times")


if __name__ == "__main__":
    main()
