"""Tickets are looked for and then taken out, in two steps: the second one to come finds none."""
# confirm: race.check-then-act
import threading


class Office:
    def __init__(self):
        self.tickets = {"row 1": "free"}

    def take(self, name):
        if name in self.tickets:
            self.tickets.pop(name)


office = Office()
threads = [threading.Thread(target=office.take, args=("row 1",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
