"""A task fails, and nobody ever asks for its result."""
import asyncio
import gc


async def fail():
    raise ValueError("nobody knows")  # expect: leak.exception-never-retrieved


async def main():
    task = asyncio.create_task(fail())  # expect: leak.exception-never-retrieved
    await asyncio.sleep(0.01)
    del task
    gc.collect()


asyncio.run(main())
