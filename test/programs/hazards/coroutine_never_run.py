"""A coroutine function is called without await."""
import asyncio


async def save():
    print("saved")


async def main():
    save()  # expect: leak.coroutine-never-run
    await save()


asyncio.run(main())
