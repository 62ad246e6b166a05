"""A connection and a buffer for each thread, and results that are added up under a lock at the end of each: correct."""
import threading


class Session:
    def __init__(self):
        self.calls = 0
        self.log = []

    def call(self, number):
        self.calls += 1
        self.log.append(number)


local = threading.local()
totals = {"calls": 0}
totals_lock = threading.Lock()
sessions = []


def session():
    if not hasattr(local, "session"):
        local.session = Session()
        with totals_lock:
            sessions.append(local.session)
    return local.session


def work():
    for number in range(20):
        session().call(number)
    with totals_lock:
        totals["calls"] += local.session.calls


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(totals["calls"], sum(len(each.log) for each in sessions))
