"""What is loaded on first use is set by a name that is put together; and counted through `__dict__`."""
import threading


class Settings:
    def __init__(self):
        self.loads = 0

    def load(self, name):
        if not hasattr(self, "_" + name):  # expect: race.check-then-act
            setattr(self, "_" + name, list(name))  # expect: race.check-then-act
        vars(self)["loads"] = vars(self)["loads"] + len(name)  # expect: race.data
        return getattr(self, "_" + name)


settings = Settings()
threads = [threading.Thread(target=settings.load, args=("colours",)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
