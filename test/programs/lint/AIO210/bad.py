"""Handlers that keep a task from being cancelled."""

import asyncio
import contextlib
import logging
from asyncio import CancelledError as Stopped

log = logging.getLogger(__name__)


async def poll(feed):
    while True:
        try:
            await feed.poll()
        except:  # expect: AIO210
            log.exception("poll failed")


async def poll_once(feed):
    try:
        return await feed.poll()
    except BaseException as error:  # expect: AIO210
        log.error("poll failed: %s", error)
        return None


async def poll_for_ever(feed):
    while True:
        try:
            await feed.poll()
        except asyncio.CancelledError:  # expect: AIO210
            log.info("not now")


async def poll_stubbornly(feed):
    for _ in range(10):
        try:
            async with feed.open() as entries:
                log.info("%s", entries)
        except (Stopped, OSError):  # expect: AIO210
            continue


class Publisher:
    def __init__(self, channel):
        self.channel = channel

    async def publish(self, entry):
        try:
            await self.channel.send(entry)
        except asyncio.CancelledError:  # expect: AIO210
            pass
        await self.channel.flush()

    async def consume(self):
        try:
            async for entry in self.channel:
                log.info("%s", entry)
        except (ValueError, BaseException):  # expect: AIO210
            print("channel is gone")


def make_handler(feed):
    async def handle(request):
        try:
            await feed.answer(request)
        except Exception:
            log.exception("no answer")
        except BaseException:  # expect: AIO210
            log.warning("ended early")

    return handle


async def poll_quietly(feed):
    with contextlib.suppress(asyncio.CancelledError):  # expect: AIO210
        await feed.poll()
    await feed.flush()


async def poll_at_any_price(feed):
    while True:
        with contextlib.suppress(BaseException):  # expect: AIO210
            await feed.poll()
