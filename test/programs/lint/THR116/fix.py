import os
import pathlib
import threading

rooms = {}


def book(room, guest):
    if room not in rooms:  # expect: THR116
        rooms[room] = []
    rooms[room].append(guest)


class Hotel:
    def __init__(self, folder):
        self.folder = folder
        self.keys = {}

    def leave(self, guest):
        if guest.name in self.keys:  # expect: THR116
            del self.keys[guest.name]
        book(guest.room, guest)

    def bill(self, guest):
        path = pathlib.Path(self.folder) / guest.name
        if not path.exists():  # expect: THR116
            path.mkdir()
        old = os.path.join(self.folder, 'old')
        if not os.path.exists(old):  # expect: THR116
            os.makedirs(old)
        self.leave(guest)

    def close(self, guests):
        for guest in guests:
            threading.Thread(target=self.bill, args=(guest,)).start()
