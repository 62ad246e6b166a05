"""Coroutines that are made and thrown away."""

import asyncio
from asyncio import sleep as pause


async def send(message):
    await asyncio.sleep(0.1)
    return message


class Mailbox:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.changed = asyncio.Condition()
        self.arrived = asyncio.Event()
        self.letters = asyncio.Queue(10)

    async def flush(self):
        await asyncio.sleep(0)

    async def store(self, letter):
        self.lock.acquire()  # expect: AIO205
        try:
            self.letters.put(letter)  # expect: AIO205
            self.flush()  # expect: AIO205
        finally:
            self.lock.release()

    async def read(self):
        self.arrived.wait()  # expect: AIO205
        async with self.changed:
            self.changed.wait_for(self.letters.full)  # expect: AIO205
        return self.letters.get_nowait()

    async def drain(self):
        self.letters.join()  # expect: AIO205

    def close(self):
        self.flush()  # expect: AIO205

    @staticmethod
    async def ping():
        await asyncio.sleep(0)

    async def check(self):
        Mailbox.ping()  # expect: AIO205


class LoudMailbox(Mailbox):
    async def announce(self, letter):
        send(letter)  # expect: AIO205
        pause(1)  # expect: AIO205
        self.flush()  # expect: AIO205


async def forward(letters):
    async def relay(letter):
        await send(letter)

    mailbox = Mailbox()
    for letter in letters:
        relay(letter)  # expect: AIO205
        mailbox.store(letter)  # expect: AIO205
        asyncio.wait_for(send(letter), timeout=1)  # expect: AIO205
        if letter is None:
            asyncio.to_thread(print, letter)  # expect: AIO205


async def main():
    await forward(["hello"])


if __name__ == "__main__":
    main()  # expect: AIO205
