"""Threads that find all they need."""
import threading
from http.server import HTTPServer


class Last:
    def __init__(self, place):
        self.place = place
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self):
        print(self.place)


class NotRead:
    limit = None

    def __init__(self, place, limit):
        self.place = place
        thread = threading.Thread(target=self.work)
        thread.start()
        self._thread = thread
        self.limit = limit
        self.title = "not for the thread"

    def work(self):
        print(self.place, self.limit)

    def close(self):
        self._thread.join()
        print(self.title)


class Again:
    def __init__(self, names):
        self.names = []
        self.thread = threading.Thread(target=self.work)
        self.thread.start()
        self.names = list(names)

    def work(self):
        return len(self.names)


class Later(threading.Thread):
    def __init__(self, place):
        super().__init__()
        self.place = place

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.join()

    def run(self):
        print(self.place)


class OfAnother:
    def __init__(self, address):
        self.server = HTTPServer(address, None)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.address = self.server.server_address


class Base:
    def __init__(self):
        self.thread = threading.Thread(target=self.work)
        self.thread.start()

    def work(self):
        print(self.words())

    def words(self):
        return ""


class InOrder(Base):
    def __init__(self, text):
        self.text = text
        super().__init__()
        self.done = False

    def words(self):
        return self.text


class OwnStart:
    """Its start is no thread's."""

    def __init__(self, clock):
        self.clock = clock
        self.start()
        self.laps = []

    def start(self):
        self.began = self.clock()


class SetByThread:
    def __init__(self, load):
        self.load = load
        threading.Thread(target=self.fill).start()
        self.ready = threading.Event()

    def fill(self):
        self.content = self.load()
        print(self.content)


last = Last("garden")
