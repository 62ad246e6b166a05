"""A harbour that is watched by a thread while ships come and go."""
import collections
import threading
from concurrent.futures import ThreadPoolExecutor as Pool

pilots = set()


def watch_pilots(report):
    for pilot in pilots:  # expect: THR119
        report(pilot)


def hire(pilot):
    pilots.add(pilot)


def watch_in_background(report):
    thread = threading.Thread(target=watch_pilots, args=(report,), daemon=True)
    thread.start()
    return thread


class Harbour:
    def __init__(self):
        self.ships = {}
        self.tugs = []
        self.log = collections.deque(maxlen=100)
        self.closed = threading.Event()

    def open(self):
        self.watcher = threading.Thread(target=self.watch)
        self.watcher.start()

    def watch(self):
        while not self.closed.wait(1):
            late = [ship for ship in self.ships.values() if ship.is_late()]  # expect: THR119
            self.warn(late)
            self.show()

    def warn(self, ships):
        for tug in self.tugs:  # expect: THR119
            tug.call(ships)

    def show(self):
        return any(line.is_new for line in self.log)  # expect: THR119

    def arrive(self, ship):
        self.ships[ship.name] = ship
        self.log.append(ship)

    def sell(self, tug):
        self.tugs.remove(tug)


class Ferries(threading.Thread):
    def __init__(self):
        super().__init__()
        self.lines = {}

    def run(self):
        self.lines["north"] = object()

    def timetable(self):
        return {name: str(line) for name, line in self.lines.items()}  # expect: THR119


class Cranes:
    def __init__(self):
        self.loads = dict()

    def lift(self, load):
        self.loads.pop(load.name, None)

    def lift_all(self, loads):
        with Pool() as pool:
            done = pool.map(self.lift, loads)
            for name in self.loads:  # expect: THR119
                print(name)
            return list(done)


class Buoys(threading.Thread):
    def __init__(self):
        super().__init__()
        self.lamps = {}

    def run(self):
        for number, lamp in enumerate(self.lamps.values()):  # expect: THR119
            lamp.blink(number)

    def moor(self, name, lamp):
        self.lamps[name] = lamp
