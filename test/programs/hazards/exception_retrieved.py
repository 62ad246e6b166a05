"""Tasks fail, and somebody knows: correct."""
import asyncio


async def fail():
    raise ValueError("seen")


async def main():
    print(await asyncio.gather(fail(), fail(), return_exceptions=True))
    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    print(task.exception())


asyncio.run(main())
