import asyncio


async def send(message):
    await asyncio.sleep(0.1)
    return message


class Mailbox:
    def __init__(self):
        self.arrived = asyncio.Event()

    async def read(self):
        await self.arrived.wait()  # expect: AIO205
        await asyncio.sleep(1)  # expect: AIO205

    def close(self):
        send("closed")  # expect: AIO205
