"""A cloakroom with several attendants."""
import os
import threading
from concurrent import futures
from os.path import exists as is_there

coats = {}
opened = []


class Ledger:
    def __init__(self, name):
        self.name = name


def hand_out(ticket):
    if ticket in coats:  # expect: THR116
        coat = coats[ticket]
        del coats[ticket]
        return coat
    return None


def open_drawer():
    if not opened:  # expect: THR116
        return None
    return opened.pop()


def serve(tickets):
    with futures.ThreadPoolExecutor(max_workers=3) as pool:
        found = list(pool.map(hand_out, tickets))
        drawers = [pool.submit(open_drawer) for _ in tickets]
        return found, [each.result() for each in drawers]


class Cloakroom:
    def __init__(self, folder):
        self.folder = folder
        self.ledger = None
        self.makers = {}
        self.ready = {}
        self.visited = set()
        self.groups = {}

    def register(self, name, maker):
        self.makers[name] = maker

    def find(self, name):
        if name in self.makers:  # expect: THR116
            self.ready[name] = self.makers[name]()
            del self.makers[name]
        return self.ready[name]

    def book(self):
        if self.ledger is None:  # expect: THR116
            self.ledger = Ledger(self.folder)
        return self.ledger

    def sorter(self):
        if not hasattr(self, "order"):  # expect: THR116
            self.order = Ledger("order")
        return self.order

    def visit(self, guest):
        if guest not in self.visited:  # expect: THR116
            self.visited.add(guest)
            guest.greet()

    def group(self, guest):
        if guest.table not in self.groups:  # expect: THR116
            self.groups[guest.table] = []
        self.groups[guest.table].append(guest)

    def folder_for(self, guest):
        path = os.path.join(self.folder, guest.table)
        if not is_there(path):  # expect: THR116
            os.mkdir(path)
        return path

    def work(self, guest):
        self.find(guest.name)
        self.book()
        self.sorter()
        self.visit(guest)
        self.group(guest)
        self.folder_for(guest)

    def run(self, guests):
        threads = [threading.Thread(target=self.work, args=(guest,)) for guest in guests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
