"""Coroutines that each refresh a session that has expired: the second one throws away what the first has just got."""
import asyncio


class Api:
    def __init__(self):
        self.token = None
        self.refreshed = 0
        self.open_requests = 0

    async def login(self):
        await asyncio.sleep(0.002)
        self.refreshed += 1
        return f"token {self.refreshed}"

    async def request(self, path):
        if self.token is None:  # expect: atomicity.await
            self.token = await self.login()  # expect: atomicity.await
        count = self.open_requests  # expect: atomicity.await
        await asyncio.sleep(0.001)
        self.open_requests = count + 1  # expect: atomicity.await
        return self.token, path


async def main():
    api = Api()
    answers = await asyncio.gather(*[api.request(n) for n in range(4)])
    print(len(answers))


asyncio.run(main())
