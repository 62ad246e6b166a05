import multiprocessing as mp
from multiprocessing import Array, Manager, Pool, Process, RawValue, Value

visitors = Value("i", 0)
turned_away = None


def visit(total, times):
    for _ in range(times):
        total.value += 1  # expect: MPR303


def visit_floor(floors, floor):
    floors[floor] += 1  # expect: MPR303


def visit_room(rooms, room):
    rooms[room] = rooms.get(room, 0) + 1  # expect: MPR303


def enter(name):
    visitors.value = visitors.value + 1  # expect: MPR303
    return name


def remember(value):
    global turned_away
    turned_away = value


def turn_away(name):
    turned_away.value -= 1  # expect: MPR303
    return name


def spend(summary, sum_of_one):
    summary.money += sum_of_one  # expect: MPR303


def hum(pitch):
    pitch.value *= 2  # expect: MPR303


def main():
    total = mp.Value("i", 0)
    floors = Array("i", 5)
    pitch = RawValue("d", 1.0)
    helpers = [Process(target=visit, args=(total, 100)) for _ in range(4)]
    helpers += [Process(target=visit_floor, args=(floors, 3)) for _ in range(4)]
    helpers += [Process(target=hum, kwargs={"pitch": pitch}) for _ in range(2)]
    with Manager() as manager:
        rooms = manager.dict()
        summary = manager.Namespace(money=0)
        helpers += [Process(target=visit_room, args=(rooms, "hall")) for _ in range(2)]
        helpers += [Process(target=spend, args=(summary, 7)) for _ in range(2)]
        for helper in helpers:
            helper.start()
        for helper in helpers:
            helper.join()
    with Pool(initializer=remember, initargs=(mp.Value("i", 9),)) as pool:
        pool.map(enter, ["Ada", "Alan"])
        pool.map(turn_away, ["Ada", "Alan"])


class Gate:
    def __init__(self):
        self.passed = mp.Value("i", 0)

    def walk_through(self):
        self.passed.value += 1  # expect: MPR303

    def open(self):
        for _ in range(4):
            mp.Process(target=self.walk_through).start()


if __name__ == "__main__":
    main()
    Gate().open()
