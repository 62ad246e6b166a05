"""Tasks that are kept, awaited or cancelled: correct."""
import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)


async def main():
    short = asyncio.create_task(work(0.01))
    long = asyncio.create_task(work(10))
    await short
    long.cancel()
    try:
        await long
    except asyncio.CancelledError:
        pass
    asyncio.create_task(work(10))  # asyncio.run cancels it


asyncio.run(main())
