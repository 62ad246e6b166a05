"""The guard is declared in the annotation."""
import threading
from typing import Annotated

from marks import GuardedBy


class Shelf:
    books: Annotated[list, GuardedBy("_lock")]

    def __init__(self):
        self._lock = threading.Lock()
        self.books = []

    def put(self, book):
        with self._lock:
            self.books.append(book)

    def size(self):
        return len(self.books)  # expect: THR113
