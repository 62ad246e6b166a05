"""Values that change between the check and the act."""

import asyncio
import time

_settings = None
_sessions = {}


async def fetch(name):
    await asyncio.sleep(0.01)
    return name


class Client:
    def __init__(self):
        self.token, self.expires = None, 0.0
        self.profile = None

    async def get_token(self):
        if self.token is None or time.monotonic() >= self.expires:  # expect: AIO206
            token = await fetch("token")
            self.token = token
            self.expires = time.monotonic() + 60
        return self.token

    async def get_profile(self):
        if not self.profile:  # expect: AIO206
            self.profile = await fetch("profile")
        return self.profile

    async def load(self):
        await self.get_profile()


class Cache:
    def __init__(self, app):
        self.pages = {}
        self.write_lock = asyncio.Lock()
        self.app = app

    async def get(self, address):
        if address in self.pages:  # expect: AIO206
            return self.pages[address]
        page = await fetch(address)
        self.pages[address] = page
        return page

    async def refill(self, address):
        if address not in self.pages:  # expect: AIO206
            async with self.app.session() as session:
                self.pages[address] = session
        return self.pages[address]

    async def drop(self, address):
        if address in self.pages:  # expect: AIO206
            await self.pages[address].close()
            del self.pages[address]


async def get_settings():
    global _settings
    if _settings is None:  # expect: AIO206
        _settings = await fetch("settings")
    return _settings


async def get_session(user):
    if user not in _sessions:  # expect: AIO206
        session = await fetch(user)
        _sessions[user] = session
    return _sessions[user]


class Account:
    def __init__(self):
        self.balance = 100

    async def withdraw(self, amount):
        if self.balance >= amount:  # expect: AIO206
            await fetch("permission")
            self.balance -= amount


account = Account()


async def main():
    client = Client()
    await asyncio.gather(*(client.get_token() for _ in range(5)))
    async_loads = [asyncio.create_task(client.load()) for _ in range(3)]
    await asyncio.gather(*async_loads)


if __name__ == "__main__":
    asyncio.run(main())
