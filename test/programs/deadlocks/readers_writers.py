"""Many readers or one writer; the last reader gives back a lock that the first one took: correct."""
import threading


class ReadWriteLock:
    def __init__(self):
        self.readers = 0
        self.readers_lock = threading.Lock()
        self.room_empty = threading.Lock()

    def begin_read(self):
        with self.readers_lock:
            self.readers += 1
            if self.readers == 1:
                self.room_empty.acquire()

    def end_read(self):
        with self.readers_lock:
            self.readers -= 1
            if self.readers == 0:
                self.room_empty.release()


def read(shared, lock, seen):
    for _ in range(20):
        lock.begin_read()
        seen.append(shared["value"])
        lock.end_read()


def write(shared, lock):
    for _ in range(20):
        with lock.room_empty:
            shared["value"] += 1


shared, lock, seen = {"value": 0}, ReadWriteLock(), []
threads = [threading.Thread(target=read, args=(shared, lock, seen)) for _ in range(3)]
threads.append(threading.Thread(target=write, args=(shared, lock)))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
