"""Other threads wait for the event loop, or the event loop waits by await."""

import asyncio
import threading


class Client:
    def __init__(self, loop):
        self.loop = loop
        self.count = 0

    async def _add(self):
        self.count += 1
        return self.count

    def add(self):
        return asyncio.run_coroutine_threadsafe(self._add(), self.loop).result()

    async def add_here(self):
        future = asyncio.run_coroutine_threadsafe(self._add(), self.loop)
        return await asyncio.wrap_future(future)

    async def add_and_look(self):
        future = asyncio.run_coroutine_threadsafe(self._add(), self.loop)
        await asyncio.wrap_future(future)
        return future.result()

    async def add_in_thread(self):
        return await asyncio.to_thread(self.add)

    async def add_in_nested_thread(self):
        loop = asyncio.get_running_loop()

        def work():
            return asyncio.run_coroutine_threadsafe(self._add(), loop).result()

        return await loop.run_in_executor(None, work)

    def start(self):
        future = asyncio.run_coroutine_threadsafe(self._add(), self.loop)
        future.add_done_callback(lambda done: print(done.result()))
        return future

    async def add_if_done(self):
        future = asyncio.run_coroutine_threadsafe(self._add(), self.loop)
        await asyncio.sleep(1)
        return future.result() if future.done() else None


class Background:
    """A loop in a thread of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def start(self):
        self.thread.start()

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def stop(self):
        if self.loop.is_running():
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self.loop).result(timeout=1)
        self.loop.call_soon_threadsafe(self.loop.stop)


def run_now(coroutine, background):
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    return background.run(coroutine)


async def wait_for_task(work):
    task = asyncio.ensure_future(work())
    await asyncio.wait([task])
    return task.result()


def main():
    background = Background()
    background.start()
    print(background.run(asyncio.sleep(0, "done")))
    background.stop()


if __name__ == "__main__":
    main()
