import threading

tree_lock = threading.RLock()
chairs, tables = threading.Semaphore(1), threading.Semaphore(1)


def leaves(node):
    with tree_lock:
        if not node.children:
            return 1
        return sum(leaves(child) for child in node.children)


def sit_down():
    with chairs:
        with tables:
            return "together"


class Shelf:
    def __init__(self, lock=None):
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._given = lock
        self._books = {}

    def __getitem__(self, name):
        with self._lock:
            return self._books[name]

    def _get(self, name):
        """Call it with the lock held."""
        return self._books[name]

    def find(self, name):
        with self._lock:
            return self._get(name)

    def one_after_the_other(self, name):
        with self._lock:
            known = name in self._books
        return self[name] if known else None

    def changed(self):
        with self._changed:
            self._tell()

    def _tell(self):
        with self._changed:
            self._changed.notify_all()

    def copy_from(self, other):
        """Another shelf has another lock."""
        with self._lock:
            self._books["copy"] = other["copy"]

    def if_it_is_free(self):
        with self._lock:
            return self._lock.acquire(blocking=False)

    def gives_it_back(self, name):
        with self._lock:
            known = name in self._books
            self._lock.release()
            try:
                return self[name] if known else None
            finally:
                self._lock.acquire()

    def starts_a_reader(self):
        with self._lock:
            reader = threading.Thread(target=self.find, args=("atlas",))
            reader.start()
        return reader

    def makes_a_reader(self):
        with self._lock:

            def read():
                return self.find("atlas")

            return read

    def all_books(self):
        with self._lock:
            books = list(self._books)
        for book in books:
            with self._lock:
                yield book, self._books.get(book)

    def makes_a_generator(self):
        """Nothing of a generator runs when it is made."""
        with self._lock:
            return self.all_books()

    def unknown_lock(self):
        with self._given:
            return self.with_unknown_lock()

    def with_unknown_lock(self):
        with self._given:
            return len(self._books)


class Drawer:
    """All drawers that are made have a lock that can be taken again."""

    def __init__(self):
        self._lock = threading.Lock()
        self._things = []

    def put(self, thing):
        with self._lock:
            self._things.append(thing)

    def put_all(self, things):
        with self._lock:
            for thing in things:
                self.put(thing)


class DeepDrawer(Drawer):
    def __init__(self):
        super().__init__()
        self._lock = threading.RLock()


class Clerk:
    def __init__(self):
        self._lock = threading.Lock()
        self._letters = []

    def post(self, letter, is_locked=False):
        if is_locked:
            self._letters.append(letter)
        else:
            with self._lock:
                self._letters.append(letter)

    def post_all(self, letters):
        with self._lock:
            for letter in letters:
                self.post(letter, is_locked=True)

    def walk(self, node: "Clerk"):
        """Each one has a lock of its own."""
        with node._lock:
            node = node.behind
            with node._lock:
                return node


class Kettle:
    def __init__(self):
        self._lock = threading.Lock()
        self._warmth = 20

    @property
    def warmth(self):
        with self._lock:
            return self._warmth

    @warmth.setter
    def warmth(self, degrees):
        self._warmth = degrees

    def heat(self):
        with self._lock:
            self.warmth = self._warmth + 5
