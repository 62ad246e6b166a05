"""Tests that stay true, and acts that do not need them."""
import os
import threading
from concurrent.futures import ThreadPoolExecutor

DEFAULTS = {"width": 80}


def pick(job):
    options = {}
    if "width" not in options:
        options["width"] = DEFAULTS["width"]
    names = list(job.names)
    while names:
        options[names.pop()] = True
    if job.width in job.widths:
        del job.widths[job.width]
    return options


class Registry:
    def __init__(self, folder):
        self.folder = folder
        self._lock = threading.Lock()
        self._makers = {}
        self._groups = {}
        self._names = set()
        self._queue = []
        self._title = None
        self._index = None
        self._owner = {}

    def register(self, name, maker):
        with self._lock:
            self._makers[name] = maker

    def find(self, name):
        with self._lock:
            if name in self._makers:
                return self._makers.pop(name)
        return None

    def group(self, name, item):
        self._groups.setdefault(name, []).append(item)

    def drop(self, name):
        found = self._groups.pop(name, None)
        if found is not None:
            found.clear()

    def name(self, name):
        if name not in self._names:
            self._names.add(name)

    def add(self, item):
        self._queue.append(item)

    def next(self):
        if self._queue:
            try:
                return self._queue.pop()
            except IndexError:
                pass
        return None

    def title(self):
        if self._title is None:
            self._title = "registry"
        return self._title

    def index(self):
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = object()
        return self._index

    def prepare(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, exist_ok=True)
        try:
            os.remove(os.path.join(path, "old"))
        except FileNotFoundError:
            pass
        return path

    def owner(self, name):
        found = self._owner.get(name)
        return "nobody" if found is None else found

    def work(self, name):
        self.find(name)
        self.group(name, 1)
        self.drop(name)
        self.name(name)
        self.next()
        self.title()
        self.index()
        self.prepare(name)
        self.owner(name)

    def run(self, names, jobs):
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.work, names))
            return list(pool.map(pick, jobs))


class WithoutThreads:
    def __init__(self):
        self.cache = {}
        self.file = None

    def get(self, key):
        if key in self.cache:
            value = self.cache[key]
            del self.cache[key]
            return value
        if self.file is None:
            self.file = object()
        return None
