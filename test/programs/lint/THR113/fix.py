import threading


class Library:
    def __init__(self):
        self._lock = threading.Lock()
        self._loans = {}  # guarded by: self._lock

    def lend(self, book, reader):
        with self._lock:
            self._loans[book] = reader

    def count(self):
        return len(self._loans)  # expect: THR113

    def give_back(self, book, notify):
        if book.is_damaged:
            # The reader pays for it.
            self._loans.pop(book, None)  # expect: THR113
        notify(book)

    def swap(self, loans):
        self._loans = {  # expect: THR113
            book: reader
            for book, reader in loans
        }
