"""One of two methods forgets the lock."""
import threading


class Stock:
    def __init__(self):
        self.lock = threading.Lock()
        self.items = 100

    def sell(self):
        with self.lock:
            self.items -= int("1")  # expect: race.data

    def restock(self):
        self.items += int("5")  # expect: race.data


stock = Stock()
threads = [threading.Thread(target=stock.sell), threading.Thread(target=stock.restock)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(stock.items)
