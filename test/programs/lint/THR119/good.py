"""A harbour that is watched with care."""
import queue
import threading

buoys = {}


def count_buoys():
    return [name for name in buoys]


def add_buoy(name, buoy):
    buoys[name] = buoy


class Harbour:
    def __init__(self, names):
        self._lock = threading.Lock()
        self.ships = {}
        self.names = list(names)
        self.guests = set()
        self.log = []
        self.listeners = ()
        self.orders = queue.Queue()
        self.depths = {}
        self.tides = {}
        self.closed = threading.Event()
        for name in self.names:
            self.depths[name] = 0

    def open(self):
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()

    def watch(self):
        while not self.closed.wait(1):
            for ship in list(self.ships.values()):
                ship.check()
            for name in sorted(self.ships):
                print(name)
            for name in self.ships.copy():
                print(name)
            for line in self.log:
                print(line)
            for line in self.log[:]:
                print(line)
            for listener in self.listeners:
                listener()
            for name, depth in self.depths.items():
                print(name, depth)
            self.measure()
            self.welcome()
            print(sum(self.ships.values()), len(self.ships))

    def measure(self):
        self.tides["now"] = 1
        for name in self.tides:
            print(name)

    def welcome(self):
        with self._lock:
            for guest in self.guests:
                guest.greet()

    def invite(self, guest):
        with self._lock:
            self.guests.add(guest)

    def arrive(self, ship):
        self.ships[ship.name] = ship
        self.log.append(ship.name)
        self.orders.put(ship)

    def listen(self, listener):
        self.listeners = self.listeners + (listener,)


class Chart:
    def __init__(self):
        self.places = {}

    def add(self, place):
        self.places[place.name] = place

    def draw(self, pen):
        for place in self.places.values():
            pen.draw(place)
