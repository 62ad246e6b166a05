"""A task that only a future of its own knows is collected before it has ended."""
import asyncio
import gc


class Session:
    async def clean_up(self):
        self.waiter = asyncio.get_running_loop().create_future()
        await self.waiter

    def close(self):
        asyncio.create_task(self.clean_up())  # expect: hazard.task-dropped


async def main():
    Session().close()
    await asyncio.sleep(0)
    gc.collect()


asyncio.run(main())
