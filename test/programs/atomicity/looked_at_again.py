"""What another thread changes between two sections is looked at anew in the second, counted, or shown as it is by then."""
import threading


class Table:
    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {"a": 1, "b": 2}
        self.state = "new"
        self.count = 0
        self.looked, self.changed = threading.Event(), threading.Event()

    def use(self):
        with self.lock:
            has_row = "a" in self.rows
            self.state = "used"
            self.count += 1
        self.looked.set()
        self.changed.wait()
        with self.lock:
            if has_row and "a" in self.rows:
                print(self.rows["a"])
            print(self.rows["b"], self.count)
            if self.state == "dropped":
                print("too late")

    def drop(self):
        self.looked.wait()
        with self.lock:
            del self.rows["a"]
            self.state = "dropped"
            self.count += 1
        self.changed.set()


table = Table()
threads = [threading.Thread(target=table.use), threading.Thread(target=table.drop)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
