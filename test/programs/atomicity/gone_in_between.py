"""Looked for in one section, taken in the next, and another thread takes it away in between; so for a stored result."""
import threading


class Table:
    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {"a": 1}
        self.connection = "open"
        self.result = ""
        self.looked, self.changed = threading.Event(), threading.Event()

    def has(self, key):
        with self.lock:
            return key in self.rows  # expect: atomicity.triple

    def get(self, key):
        with self.lock:
            return self.rows[key]  # expect: atomicity.triple

    def send(self, answer):
        with self.lock:
            if self.connection is None:  # expect: atomicity.triple
                return
            self.result = answer  # expect: atomicity.triple
        self.looked.set()
        self.changed.wait()
        with self.lock:
            print(self.connection)  # expect: atomicity.triple
            print(self.result)  # expect: atomicity.triple

    def use(self):
        if self.has("a"):
            self.send("mine")
            try:
                print(self.get("a"))
            except KeyError:
                print("gone")

    def drop(self, answer):
        self.looked.wait()
        with self.lock:
            del self.rows["a"]  # expect: atomicity.triple
            self.connection = None  # expect: atomicity.triple
            self.result = answer  # expect: atomicity.triple
        self.changed.set()


table = Table()
threads = [threading.Thread(target=table.use), threading.Thread(target=table.drop, args=("theirs",))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
