"""Tasks that all find no token, and then each fetch one."""
import asyncio


class Client:
    def __init__(self):
        self.token = None

    async def fetch(self):
        await asyncio.sleep(0.01)
        return "token"

    async def get(self):
        if self.token is None:  # expect: atomicity.await
            token = await self.fetch()  # expect: atomicity.await
            self.token = token  # expect: atomicity.await
        return self.token


async def main():
    client = Client()
    await asyncio.gather(*[client.get() for _ in range(3)])


asyncio.run(main())
