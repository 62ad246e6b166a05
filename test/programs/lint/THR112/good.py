import queue
import threading


class Recent:
    def __init__(self, pages):
        self._lock = threading.Lock()
        self._inbox = queue.Queue()
        self._done = threading.Event()
        self._local = threading.local()
        self._pages = []
        self._is_closed = False
        self._name = "recent"
        self._fill(pages)

    def _fill(self, pages):
        self._pages.extend(pages)

    def __setstate__(self, state):
        self._lock = threading.Lock()
        self._pages = state

    def __del__(self):
        self._pages = []

    def _after_fork(self):
        """The child has one thread only."""
        self._lock = threading.Lock()
        self._pages.clear()

    def add(self, page):
        with self._lock:
            self._drop(page)
            self._pages.append(page)
            self._inbox.put(page)
            self._local.page = page

    def remove(self, page):
        with self._lock:
            self._drop(page)

    def _drop(self, page):
        if page in self._pages:
            self._pages.remove(page)

    def _trim_locked(self):
        del self._pages[9:]

    def trim(self):
        with self._lock:
            self._trim_locked()

    def drop_first(self):  # requires: self._lock
        self._pages.pop(0)

    def _for_subclasses(self):
        self._pages.reverse()

    def size(self):
        return len(self._pages)

    def has(self, page):
        return page in self._pages

    def put(self, page):
        self._inbox.put(page)
        self._local.page = page

    def close(self):
        self._is_closed = True

    def close_now(self):
        with self._lock:
            self._is_closed = True
            self._pages.clear()

    def reopen(self):
        with self._lock:
            self._is_closed = False

    def print_all(self, write):
        for page in list(self._pages):
            write(page)
        for page in self._pages[:]:
            write(page)

    def rename(self, name):
        """The name is guarded by nothing anywhere."""
        self._name = name

    def rename_twice(self, first, second):
        with self._lock:
            self._name = first + second

    def call_it(self, name):
        self._name = name.strip()


class Worker:
    def __init__(self):
        self._lock = threading.Lock()
        self._thread = None
        self._jobs = []
        self._results = []

    def start(self, jobs):
        """Nobody else is there yet."""
        self._jobs = list(jobs)
        self._results = []
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        while True:
            with self._lock:
                if not self._jobs:
                    return
                job = self._jobs.pop()
            result = job()
            with self._lock:
                self._results.append(result)

    def add(self, job):
        with self._lock:
            self._jobs.append(job)

    def results(self):
        with self._lock:
            return list(self._results)

    def stop(self):
        """Nobody else is there any more."""
        self._thread.join()
        self._jobs.clear()
        self._results.sort()


class Stack:
    """Locked by hand, over the whole method."""

    def __init__(self):
        self.lock = threading.RLock()
        self.things = []

    def push(self, thing):
        self.lock.acquire()
        try:
            self.things.append(thing)
        finally:
            self.lock.release()

    def pop(self):
        if not self.lock.acquire(timeout=1):
            raise TimeoutError
        try:
            return self.things.pop()
        finally:
            self.lock.release()

    def __enter__(self):
        self.lock.acquire()
        return self

    def __exit__(self, *exception):
        self.lock.release()

    def clear(self):
        with self:
            self.things.clear()


class Plain:
    """It has a lock, but for other things."""

    def __init__(self):
        self._write_lock = threading.Lock()
        self.lines = []

    def write(self, file):
        with self._write_lock:
            file.write("\n".join(self.lines))

    def add(self, line):
        self.lines.append(line)


class Inbox:
    """Each section is one step that needs no lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._letters = []

    def push(self, letter):
        self._letters.append(letter)

    def take(self):
        with self._lock:
            return self._letters.pop()

    def size(self):
        with self._lock:
            return len(self._letters)


class Cupboard:
    """What fills it is called when nobody else has it, or with the lock."""

    def __init__(self):
        self._lock = threading.Lock()
        self._cups = []
        self._fill()

    def _fill(self):
        self._cups = [0] * 6

    def refill(self):
        with self._lock:
            self._fill()

    def take(self):
        with self._lock:
            if not self._cups:
                self._fill()
            return self._cups.pop()

    def clean(self):
        """The caller has taken it."""
        self._cups.sort()
        self._lock.release()


class Counter:
    """Only one method has sections, which may be there for something else."""

    def __init__(self):
        self._lock = threading.Lock()
        self._count = 0

    def add(self, number):
        with self._lock:
            self._count += number
            return self._count

    def reset(self):
        self._count = 0


class Session:
    """The lock is there for the log, and each session has one thread."""

    def __init__(self, log):
        self._log_lock = threading.Lock()
        self._log = log
        self._command = None

    def send(self, command):
        self._command = command
        with self._log_lock:
            self._log.write(self._command)

    def receive(self):
        with self._log_lock:
            self._log.write(self._command)
            self._command = None

    def skip(self):
        self._command = ""


class Reporter:
    def __init__(self):
        self._lock = threading.Lock()
        self._lines = []
        self._pages = 0

    def handle(self, line):
        with self._lock:
            self.report(line)

    def report(self, line):
        """Whoever inherits says what is done with the lock held."""

    def take(self):
        with self._lock:
            self._pages += 1
            return self._lines.pop()

    def take_two(self):
        with self._lock:
            return self._lines.pop(), self._lines.pop()

    def close(self):
        self._lines.clear()


class ListReporter(Reporter):
    def report(self, line):
        self._lines.insert(0, line)


class Workers:
    def __init__(self):
        self._lock = threading.Lock()
        self._threads = set()
        self._closed = False

    def submit(self, work):
        with self._lock:
            if self._closed:
                raise RuntimeError("closed")
            self._start(work)

    def _start(self, work):
        thread = threading.Thread(target=work)
        thread.start()
        self._threads.add(thread)

    def close(self):
        with self._lock:
            self._closed = True
        for thread in self._threads:
            thread.join()
