"""Tasks that ask for the same thing share one request; another cache has a lock for each key: correct."""
import asyncio
from collections import defaultdict


class Flights:
    def __init__(self):
        self._running = {}
        self.requests = 0

    async def get(self, key):
        if key not in self._running:
            self._running[key] = asyncio.ensure_future(self._request(key))
        return await self._running[key]

    async def _request(self, key):
        self.requests += 1
        await asyncio.sleep(0.005)
        return key * 2


class Locked:
    def __init__(self):
        self._locks = defaultdict(asyncio.Lock)
        self._values = {}

    async def get(self, key):
        async with self._locks[key]:
            if key not in self._values:
                await asyncio.sleep(0.002)
                self._values[key] = key * 3
            return self._values[key]


async def main():
    flights, locked = Flights(), Locked()
    values = await asyncio.gather(*[flights.get(n % 3) for n in range(12)])
    more = await asyncio.gather(*[locked.get(n % 3) for n in range(12)])
    print(sum(values), sum(more), flights.requests)


asyncio.run(main())
