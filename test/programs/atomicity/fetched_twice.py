"""Two tasks ask for the same page; both find that it is not there yet, and both fetch it."""
import asyncio

pages = {}


async def fetch(name):
    await asyncio.sleep(0)
    return name * 2


async def page(name):
    if name not in pages:  # expect: atomicity.await
        pages[name] = await fetch(name)  # expect: atomicity.await
    return pages[name]


async def main():
    await asyncio.gather(page("home"), page("home"))


asyncio.run(main())
