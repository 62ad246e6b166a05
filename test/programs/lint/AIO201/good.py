"""Tasks that somebody keeps, awaits or hands on."""

import asyncio
import contextlib


async def fetch(page):
    await asyncio.sleep(0.1)
    return page


class Crawler:
    def __init__(self, pool):
        self._tasks = set()
        self._beat = None
        self._by_page = {}
        self._pool = pool

    def start(self):
        self._beat = asyncio.create_task(self._heartbeat())

    def visit(self, page):
        task = asyncio.create_task(fetch(page))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def visit_once(self, page):
        self._by_page[page] = asyncio.ensure_future(fetch(page))

    def visit_and_log(self, page):
        asyncio.create_task(fetch(page)).add_done_callback(self._visited)

    def visit_unkept(self, page):
        asyncio.create_task(fetch(page))  # noqa: RUF006

    def visit_in_group(self, group, page):
        group.create_task(fetch(page))

    def visit_in_pool(self, page):
        self._pool.create_task(page)

    def _visited(self, task):
        if not task.cancelled() and task.exception() is not None:
            print("failed:", task.exception())

    async def _heartbeat(self):
        while True:
            await asyncio.sleep(5)

    async def stop(self):
        self._beat.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._beat


async def visit_both(first, second):
    tasks = [asyncio.create_task(fetch(page)) for page in (first, second)]
    return await asyncio.gather(*tasks)


async def visit_with_limit(page):
    task = asyncio.create_task(fetch(page))
    done, pending = await asyncio.wait({task}, timeout=1)
    return len(done), len(pending)


async def visit_now(page):
    return await asyncio.create_task(fetch(page))


def visit_later(page):
    return asyncio.ensure_future(fetch(page))


async def visit_until_signal(page, stopped):
    task = asyncio.create_task(fetch(page))

    def on_signal():
        task.cancel()

    stopped.append(on_signal)


async def visit_while_beating(page):
    beat = asyncio.create_task(fetch("beat"))
    return await fetch(page)


async def visit_once_while_beating(pages):
    _ = asyncio.create_task(fetch("beat"))
    for page in pages:
        await fetch(page)


async def main():
    beat = asyncio.create_task(fetch("beat"))
    await visit_both("a", "b")


if __name__ == "__main__":
    asyncio.run(main())
