"""Coroutines that are awaited or handed on, and calls that only look like coroutines."""

import asyncio
import functools
import queue
import threading
import unittest


def starts_task(function):
    @functools.wraps(function)
    def start(*arguments):
        task = asyncio.ensure_future(function(*arguments))
        task.add_done_callback(print)
        return task

    return start


async def send(message):
    await asyncio.sleep(0.1)
    return message


@starts_task
async def send_later(message):
    await send(message)


async def letters():
    yield "a"


class Mailbox:
    def __init__(self, peer):
        self.lock = asyncio.Lock()
        self.thread_lock = threading.Lock()
        self.arrived = threading.Event()
        self.inbox = queue.Queue()
        self.outbox = asyncio.Queue()
        self.peer = peer
        self.tasks = []

    async def store(self, letter):
        async with self.lock:
            await self.outbox.put(letter)
        self.outbox.put_nowait(letter)
        self.inbox.put(letter)
        self.peer.store(letter)
        self.peer.flush()

    async def flush(self):
        self.arrived.set()
        self.lock.locked()

    def start(self):
        self.tasks.append(asyncio.ensure_future(self.flush()))
        return self.flush()

    async def close(self):
        await self.flush()

    def stop(self):
        self.close()

    @starts_task
    async def beat(self):
        await asyncio.sleep(1)

    async def begin(self):
        self.beat()
        send_later("begin")
        await asyncio.gather(self.flush(), send("x"))


class PlainMailbox(Mailbox):
    def close(self):
        self.inbox.put(None)


class Quiet:
    def __init__(self, mailbox: Mailbox):
        self.mailbox = mailbox
        self.send = print

    async def wait(self):
        await asyncio.sleep(0)

    async def close(self):
        closing = self.wait()
        self.send("closing")
        [await letter for letter in (closing,)]


class ReadOnly:
    async def set_name(self, name):
        await send(name)

    def _refuse(self):
        raise AttributeError("await set_name instead")

    def rename(self, name):
        self._refuse()
        self.set_name(name)

    def rename_sometimes(self, name):
        if True:
            self._refuse()
        else:
            self.set_name(name)


class Counter:
    def flush(self):
        return 0


async def forward(flush, send_now):
    counter = Counter()
    counter.flush()
    flush()
    coroutine = send("later")
    await coroutine
    send_now("now")


async def relay(send):
    send("a parameter, not the function above")


class MailboxTest(unittest.TestCase):
    def test_forgotten(self):
        with self.assertWarns(RuntimeWarning):
            send("forgotten")


if __name__ == "__main__":
    asyncio.run(forward(print, print))
