"""Values that are checked under a lock, again, or claimed before the await."""

import asyncio

_settings = None
_greeting = None
_cached = {}


async def fetch(name):
    await asyncio.sleep(0.01)
    return name


class Client:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.token = None
        self.profile = None
        self.running = False
        self.task = None
        self.pages = {}
        self.writer = None
        self.count = 0

    async def get_token(self):
        async with self.lock:
            if self.token is None:
                self.token = await fetch("token")
            return self.token

    async def get_profile(self):
        if self.profile is None:
            async with self.lock:
                if self.profile is None:
                    self.profile = await fetch("profile")
        return self.profile

    async def get_profile_again(self):
        if self.profile is None:
            profile = await fetch("profile")
            if self.profile is None:
                self.profile = profile
        return self.profile

    async def run(self):
        if self.running:
            return
        self.running = True
        try:
            await fetch("work")
        finally:
            self.running = False

    async def join(self):
        if self.task is None:
            self.task = asyncio.create_task(fetch("shared"))
        return await self.task

    async def page(self, address):
        if address not in self.pages:
            self.pages[address] = asyncio.ensure_future(fetch(address))
        return await self.pages[address]

    async def keep_page(self, address):
        page = await fetch(address)
        if address not in self.pages:
            self.pages[address] = page

    async def close(self):
        if self.writer is not None:
            self.writer.close()
            await self.writer.wait_closed()
            self.writer = None

    async def stop(self):
        if self.count < 0:
            return
        await fetch("goodbye")
        self.count = -1

    async def close_quickly(self):
        writer, self.writer = self.writer, None
        if writer is not None:
            writer.close()
            await writer.wait_closed()

    async def wait_for_token(self):
        while self.token is None:
            await asyncio.sleep(0.1)
        self.token = None

    async def __aenter__(self):
        if self.writer is None:
            self.writer = await fetch("writer")
        return self

    async def __aexit__(self, *error):
        await self.close()

    async def reconnect(self):
        if self.running or self.writer is None:
            return
        self.running = True
        self.writer = await fetch("writer")
        self.running = False

    async def renew(self):
        if self.running:
            return
        self.running = True
        if self.writer is None:
            self.writer = await fetch("writer")
        self.running = False

    async def start(self):
        if self.task is not None:
            return
        self.task = await fetch("task")

    async def report(self):
        if self.count > 10:
            await fetch("report")
        return self.count


class Command:
    """One object a command: nothing says that two tasks share it."""

    def __init__(self):
        self.result = None

    async def run(self):
        if self.result is None:
            self.result = await fetch("result")
        return self.result


async def get_settings(lock):
    global _settings
    async with lock:
        if _settings is None:
            _settings = await fetch("settings")
    return _settings


async def get_local(names):
    found = {}
    for name in names:
        if name not in found:
            found[name] = await fetch(name)
    return found


async def main():
    global _greeting
    if _greeting is None:
        await asyncio.sleep(0)
        _greeting = "hello"
    await get_settings(asyncio.Lock())
    await Command().run()
    _cached["command"] = await fetch("command")


if __name__ == "__main__":
    asyncio.run(main())
