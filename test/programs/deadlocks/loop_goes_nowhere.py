"""A task waits for a future that nobody will set, and the loop has nothing else to do."""
# timeout: 3
import asyncio


async def answer(future):
    return await future  # expect: deadlock.stuck


async def main():
    future = asyncio.get_running_loop().create_future()
    await asyncio.ensure_future(answer(future))  # expect: deadlock.stuck


asyncio.run(main())
