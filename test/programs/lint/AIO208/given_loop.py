"""The loop is given to the object."""
import asyncio
import threading


class Ferry:
    def __init__(self, loop):
        self.loop = loop
        self.landed = loop.create_future()

    async def unload(self):
        await asyncio.sleep(1)

    def _cross(self):
        self.loop.call_soon(print)  # expect: AIO208
        self.landed.set_result("land")  # expect: AIO208

    def start(self):
        threading.Thread(target=self._cross).start()
