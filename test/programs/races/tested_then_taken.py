"""Tickets are looked for and then taken out, in two steps."""
import threading


class Office:
    def __init__(self):
        self.tickets = {"row 1": "free"}

    def take(self, name):
        if name in self.tickets:  # expect: race.check-then-act
            print("taking", name)
            del self.tickets[name]  # expect: race.check-then-act


office = Office()
threads = [threading.Thread(target=office.take, args=("row 1",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
