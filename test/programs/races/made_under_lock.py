"""A connection that is made on first use, checked again under the lock: correct."""
import threading


class Client:
    def __init__(self):
        self.lock = threading.Lock()
        self.connection = None

    def get(self):
        if self.connection is None:
            with self.lock:
                if self.connection is None:
                    self.connection = dict(open=True)
        return self.connection


client = Client()
threads = [threading.Thread(target=client.get) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(client.get())
