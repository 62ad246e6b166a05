import asyncio


class Client:
    def __init__(self, loop):
        self.loop = loop
        self.count = 0

    async def add(self, number):
        self.count += number
        return self.count

    async def on_write(self):
        loop = asyncio.get_running_loop()
        return asyncio.run_coroutine_threadsafe(self.add(1), loop).result()  # expect: AIO209

    async def on_read(self):
        return asyncio.run_coroutine_threadsafe(self.add(2), self.loop).result()  # expect: AIO209

    async def on_close(self):
        future = asyncio.run_coroutine_threadsafe(self.add(3), self.loop)
        return future.result()  # expect: AIO209
