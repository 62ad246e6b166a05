import asyncio
import logging

log = logging.getLogger(__name__)


async def poll(feed):
    while True:
        try:
            await feed.poll()
        except asyncio.CancelledError:
            raise
        except BaseException:  # expect: AIO210
            log.exception("poll failed")


async def poll_twice(feed):
    try:
        await feed.poll()
    except asyncio.CancelledError:  # expect: AIO210
        raise
    await feed.poll()


async def poll_all(feeds):
    for feed in feeds:
        try:
            await feed.poll()
        except asyncio.CancelledError:  # expect: AIO210
            log.info("not now")
            raise


async def poll_some(feeds):
    for feed in feeds:
        try:
            await feed.poll()
        except ValueError:
            log.exception("no feed")
        except asyncio.CancelledError:
            raise
        except:  # expect: AIO210
            log.exception("poll failed")
