"""The loop's thread waits for what only the loop can do."""
# timeout: 3
import asyncio


async def answer():
    return 42


async def main():
    future = asyncio.run_coroutine_threadsafe(answer(), asyncio.get_running_loop())
    return future.result()  # expect: deadlock.loop


asyncio.run(main())
