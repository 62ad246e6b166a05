"""Two tasks fetch the same token, since each looks for it before it waits."""
# confirm: atomicity.await
import asyncio


class Client:
    def __init__(self):
        self.token = None

    async def get(self):
        if self.token is None:
            await asyncio.sleep(0.001)
            self.token = object()
        return self.token


async def main():
    client = Client()
    await asyncio.gather(client.get(), client.get())


asyncio.run(main())
