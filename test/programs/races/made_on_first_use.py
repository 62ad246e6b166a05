"""A connection that is made by whoever needs it first: two can."""
import threading


class Client:
    def __init__(self):
        self.connection = None

    def get(self):
        if self.connection is None:  # expect: race.lazy-init
            self.connection = dict(open=True)  # expect: race.lazy-init
        return self.connection


client = Client()
threads = [threading.Thread(target=client.get) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(client.get())
