"""Threads use one database connection, and one file in which they move about."""
import sqlite3
import threading


class Store:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.execute("create table numbers (number int)")
        self.file = open(__file__)

    def run(self):
        self.connection.execute("insert into numbers values (1)")  # expect: race.confined
        self.connection.commit()
        self.file.seek(0)  # expect: race.confined
        self.file.read(10)  # expect: race.confined


store = Store()
threads = [threading.Thread(target=store.run) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
