import asyncio
import threading


class Sensor:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.readings = asyncio.Queue()

    def start(self):
        thread = threading.Thread(target=self.read, daemon=True)
        thread.start()
        return thread

    def read(self):
        self.readings.put_nowait(21.5)  # expect: AIO208
        self.loop.call_soon(print, "ready")  # expect: AIO208


async def watch(path):
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()

    def poll():
        changed.set()  # expect: AIO208
        loop.stop()  # expect: AIO208

    await loop.run_in_executor(None, poll)
    return path
