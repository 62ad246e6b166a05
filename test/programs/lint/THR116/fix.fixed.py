import os
import pathlib
import threading

rooms = {}


def book(room, guest):
    rooms.setdefault(room, [])  # expect: THR116
    rooms[room].append(guest)


class Hotel:
    def __init__(self, folder):
        self.folder = folder
        self.keys = {}

    def leave(self, guest):
        self.keys.pop(guest.name, None)  # expect: THR116
        book(guest.room, guest)

    def bill(self, guest):
        path = pathlib.Path(self.folder) / guest.name
        path.mkdir(exist_ok=True)  # expect: THR116
        old = os.path.join(self.folder, 'old')
        os.makedirs(old, exist_ok=True)  # expect: THR116
        self.leave(guest)

    def close(self, guests):
        for guest in guests:
            threading.Thread(target=self.bill, args=(guest,)).start()
