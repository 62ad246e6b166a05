"""Tasks that fetch a token under a lock, of which the first does it for all: correct."""
import asyncio


class Client:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.token = None

    async def fetch(self):
        await asyncio.sleep(0.01)
        return "token"

    async def get(self):
        async with self.lock:
            if self.token is None:
                token = await self.fetch()
                self.token = token
            return self.token


async def main():
    client = Client()
    await asyncio.gather(*[client.get() for _ in range(3)])


asyncio.run(main())
