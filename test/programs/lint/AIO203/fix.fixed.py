import asyncio
import threading


class TokenCache:
    def __init__(self, database):
        self._lock = asyncio.Lock()
        self._slots = asyncio.Semaphore(3)
        self.database = database
        self.token = None

    async def get(self):
        async with self._lock:  # expect: AIO203
            if self.token is None:
                self.token = await self.database.token()
            return self.token

    async def forget(self):
        async with self._lock:
            self.token = None

    async def load(self, name):
        async with self._slots:  # expect: AIO203
            return await self.database.load(name)
