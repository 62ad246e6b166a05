"""A small crawler: tasks that await each other, a task that is cancelled, and one that keeps the loop from going on.

Look at: the lanes of the tasks under MainThread. Only one of them runs at a time; the hatched parts say what each awaits.
"slow-page" is cancelled by "Task-1", and while "parse" runs no other task can: it computes and never awaits.
"""

import asyncio

PAGES = {"home": ["news", "shop"], "news": ["article"], "shop": [], "article": []}


async def download(page):
    """Stands for a request over the network."""
    await asyncio.sleep(0.03)
    return PAGES[page]


async def crawl(page, seen):
    """Downloads a page, and then all that it links to at the same time."""
    seen.append(page)
    links = await download(page)
    await asyncio.gather(*(crawl(link, seen) for link in links))


async def parse(pages):
    """Blocks the loop: there is no await in here."""
    return sum(step * step for page in pages for step in range(120_000)) % 97


async def crawl_in_a_group(seen):
    """The same with a TaskGroup (Python 3.11 and later), which waits for its tasks at its end."""
    async with asyncio.TaskGroup() as group:
        for page in ("news", "shop"):
            group.create_task(crawl(page, seen), name="group-" + page)


async def main():
    seen = []
    slow = asyncio.create_task(asyncio.sleep(60), name="slow-page")
    await asyncio.create_task(crawl("home", seen), name="crawl")
    parser = asyncio.create_task(parse(seen), name="parse")
    print("checksum", await parser)

    slow.cancel()
    done, _ = await asyncio.wait([slow])
    print("slow page given up:", all(task.cancelled() for task in done))

    if hasattr(asyncio, "TaskGroup"):
        await crawl_in_a_group(seen)
    print("pages:", " ".join(sorted(set(seen))))


if __name__ == "__main__":
    asyncio.run(main())
