"""Handlers that let a cancellation through, or may keep it."""

import asyncio
import contextlib
import logging
import os
import sys

log = logging.getLogger(__name__)


async def poll(feed):
    while True:
        try:
            await feed.poll()
        except Exception:
            log.exception("poll failed")


async def poll_once(feed):
    try:
        await feed.poll()
    except asyncio.CancelledError:
        log.info("stopped")
        raise
    except BaseException:
        log.exception("poll failed")


async def poll_with_cleanup(feed):
    try:
        await feed.poll()
    except:
        feed.close()
        raise


async def poll_until_stopped(feed):
    try:
        while True:
            await feed.poll()
    except asyncio.CancelledError:
        log.info("stopped")


async def poll_in_loop(feed):
    while True:
        try:
            await feed.poll()
        except asyncio.CancelledError:
            break
    await feed.close()


async def poll_and_return(feed):
    while True:
        try:
            await feed.poll()
        except asyncio.CancelledError:
            return


async def poll_in_task(feed):
    try:
        await feed.poll()
    except BaseException:
        log.exception("poll failed")


def start_polling(feed):
    return asyncio.create_task(poll_in_task(feed))


async def poll_while_wanted(feed):
    while feed.is_wanted:
        try:
            await feed.poll()
        except asyncio.CancelledError:
            log.info("stopped")


class Worker:
    def __init__(self):
        self.task = None
        self.error = None

    async def stop(self):
        self.task.cancel()
        try:
            await self.task
        except asyncio.CancelledError:
            pass
        await asyncio.sleep(0)

    async def stop_all(self, tasks):
        for task in tasks:
            task.cancel()
        for task in tasks:
            try:
                await asyncio.wait_for(task, 1)
            except (asyncio.CancelledError, asyncio.TimeoutError):
                log.info("stopped")

    async def wait(self):
        try:
            await self.task
        except asyncio.CancelledError:
            log.info("the worker was stopped")
        await asyncio.sleep(0)

    async def run(self, work, future):
        try:
            result = await work()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)

    async def remember(self, work):
        try:
            await work()
        except BaseException as error:
            self.error = error

    async def run_or_exit(self, work):
        try:
            await work()
        except BaseException:
            log.exception("worker failed")
            sys.exit(1)

    async def stop_quietly(self):
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
        await asyncio.sleep(0)

    async def stop_and_wait(self, group):
        group.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await group.wait()
        await asyncio.sleep(0)

    async def wait_a_moment(self):
        with contextlib.suppress(asyncio.CancelledError, asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(self.task), 0.1)
        await asyncio.sleep(0)

    async def last_poll(self, feed):
        with contextlib.suppress(asyncio.CancelledError):
            await feed.poll()

    async def poll_unless_failed(self, feed):
        while True:
            with contextlib.suppress(Exception):
                await feed.poll()


async def load(path):
    try:
        size = os.path.getsize(path)
    except:
        size = 0
    await asyncio.sleep(0)
    return size


async def cancel_and_wait(tasks):
    for task in tasks:
        task.cancel()
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError:
        pass
    await asyncio.sleep(0)


async def retry_unless_stopped(feed, stopping):
    while True:
        try:
            return await feed.poll()
        except BaseException:
            if stopping():
                raise


async def make_later(feed):
    try:

        async def later():
            await feed.poll()

    except BaseException:
        return None
    return later


async def main(feed=None):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        log.info("stopped by Ctrl+C")
    await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main())
