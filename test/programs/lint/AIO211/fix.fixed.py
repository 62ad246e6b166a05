import asyncio


class Store:
    def __init__(self, pool):
        self.lock = asyncio.Lock()
        self.pool = pool

    async def reset(self, connection):
        await self.lock.acquire()  # expect: AIO211
        try:
            try:
                await connection.reset()
            except ConnectionError:
                pass
        finally:
            self.lock.release()

    async def query(self, text):
        if text:
            connection = await self.pool.acquire()  # expect: AIO211
            try:
                # Only the first ten rows are wanted.
                rows = await connection.fetch(text)
                rows = rows[:10]
            finally:
                await self.pool.release(connection)
            return rows
        return []
