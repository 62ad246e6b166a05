import multiprocessing as mp
from multiprocessing import Process, Value

gate = mp.Lock()


def visit(total):
    with total.get_lock():
        total.value += 1


def visit_in_short(total):
    with total:
        total.value += 1


def visit_with_the_gate(rooms, room):
    with gate:
        rooms[room] = rooms.get(room, 0) + 1


def visit_with_a_lock(rooms, room, lock):
    lock.acquire()
    try:
        rooms[room] += 1
    finally:
        lock.release()


def visit_in_turn(total, turn):
    with turn:
        total.value += 1


def only_writes(total, rooms):
    total.value = 7
    rooms["hall"] = 1


def only_reads(total):
    return total.value + 1


def report_progress(progress, pages):
    for _ in range(pages):
        progress.value += 1


def counts_its_own():
    counts = {"hall": 0}
    counts["hall"] += 1
    return counts


def with_one_writer(pages):
    progress = Value("i", 0)
    printer = Process(target=report_progress, args=(progress, pages))
    printer.start()
    while printer.is_alive():
        print(progress.value)
        printer.join(1)


class Money:
    """Not a value of processes."""

    def __init__(self):
        self.value = 0

    def add(self, sum_of_one):
        self.value += sum_of_one


def main():
    total = Value("i", 0)
    total.value += 10
    manager = mp.Manager()
    rooms = manager.dict(hall=0)
    helpers = [Process(target=visit, args=(total,)) for _ in range(4)]
    helpers += [Process(target=visit_in_short, args=(total,)) for _ in range(4)]
    helpers += [Process(target=visit_with_the_gate, args=(rooms, "hall")) for _ in range(4)]
    helpers += [Process(target=visit_with_a_lock, args=(rooms, "hall", gate)) for _ in range(4)]
    helpers += [Process(target=visit_in_turn, args=(total, gate)) for _ in range(4)]
    helpers += [Process(target=only_reads, args=(total,)), Process(target=counts_its_own)]
    for helper in helpers:
        helper.start()
    for helper in helpers:
        helper.join()


if __name__ == "__main__":
    main()
