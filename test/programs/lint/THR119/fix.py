import threading


class Garden:
    def __init__(self):
        self.beds = {}
        self.birds = set()

    def open(self):
        threading.Thread(target=self.water, daemon=True).start()

    def water(self):
        for name, bed in self.beds.items():  # expect: THR119
            bed.water(name)
        loud = [bird for bird in self.birds if bird.sings]  # expect: THR119
        return loud

    def dig(self, name, bed):
        self.beds[name] = bed

    def scare(self, bird):
        self.birds.discard(bird)
