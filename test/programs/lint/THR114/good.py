"""Two sections that belong together only loosely."""
import threading


class Board:
    def __init__(self):
        self._lock = threading.Lock()
        self._jobs = []
        self._next = 0
        self._results = {}
        self._rules = {}
        self._pending = []
        self._version = 0
        self._text = ""

    def reserve(self, build):
        with self._lock:
            number = self._next
            self._next += 1
        job = build(number)
        with self._lock:
            self._jobs.append((number, job))

    def retry(self, run):
        with self._lock:
            job = self._jobs.pop()
        if not run(job):
            with self._lock:
                self._jobs.append(job)

    def flush(self, send):
        with self._lock:
            pending, self._pending = self._pending, []
        rest = [each for each in pending if not send(each)]
        with self._lock:
            self._pending = rest + self._pending

    def rule(self, name, build):
        with self._lock:
            rule = self._rules.get(name)
        if rule is None:
            rule = build(name)
            with self._lock:
                rule = self._rules.setdefault(name, rule)
        return rule

    def result(self, name, compute):
        with self._lock:
            value = self._results.get(name)
        if value is None:
            value = compute(name)
            with self._lock:
                self._results[name] = value
        return value

    def edit(self, change):
        while True:
            with self._lock:
                version, text = self._version, self._text
            text = change(text)
            with self._lock:
                if self._version == version:
                    self._text = text
                    self._version += 1
                    return

    def finish(self, name, report):
        with self._lock:
            count = len(self._results)
        report(count)
        with self._lock:
            self._results.pop(name, None)

    def describe(self, render):
        with self._lock:
            jobs = list(self._jobs)
        text = render(jobs)
        with self._lock:
            self._text = text


class Tank:
    def __init__(self):
        self._lock = threading.RLock()
        self._level = 0

    def level(self):
        with self._lock:
            return self._level

    def set_level(self, level):
        with self._lock:
            self._level = level

    def fill(self, amount):
        with self._lock:
            self.set_level(self.level() + amount)

    def empty(self):
        self.set_level(0)
        return self.level()
