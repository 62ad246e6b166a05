import asyncio
import threading


class Bell:
    def __init__(self):
        self.rung = threading.Condition()
        self.heard = asyncio.Condition()
        self.count = 0

    def ring(self):
        if self.count:
            self.rung.notify_all()  # expect: THR110

    async def hear(self):
        # Everybody shall know.
        self.heard.notify(2)  # expect: THR110
