"""The event loop's own thread waits for the event loop."""

import asyncio
from asyncio import run_coroutine_threadsafe as submit


class Client:
    def __init__(self, loop):
        self.loop = loop
        self.count = 0

    async def _add(self):
        self.count += 1
        return self.count

    def on_socket_write(self):
        future = asyncio.run_coroutine_threadsafe(self._add(), self.loop)
        return future.result(timeout=1)  # expect: AIO209

    async def on_write(self):
        asyncio.run_coroutine_threadsafe(self._add(), self.loop).result()  # expect: AIO209

    async def add_with_limit(self):
        future = submit(self._add(), self.loop)
        return future.result(5)  # expect: AIO209

    def watch(self, socket):
        self.loop.add_reader(socket, self.on_readable)

    def on_readable(self):
        return submit(self._add(), self.loop).result()  # expect: AIO209


def run_now(coroutine):
    loop = asyncio.get_event_loop()
    if loop.is_running():
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result()  # expect: AIO209
    return loop.run_until_complete(coroutine)


def run_here(coroutine):
    loop = asyncio.get_running_loop()
    future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    return future.result()  # expect: AIO209


def remind(client):
    def on_time():
        asyncio.run_coroutine_threadsafe(client.add(), client.loop).result()  # expect: AIO209

    asyncio.get_running_loop().call_later(5, on_time)


async def main():
    client = Client(asyncio.get_running_loop())
    client.on_socket_write()
    await asyncio.to_thread(client.on_socket_write)


if __name__ == "__main__":
    asyncio.run(main())
