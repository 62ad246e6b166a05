"""A lock of futures: who gets it is cancelled before it runs, and the next in line waits for ever."""
import asyncio
from collections import deque


class Turn:
    def __init__(self):
        self.is_taken = False
        self.waiters = deque()

    async def take(self):
        if self.is_taken:
            future = asyncio.get_running_loop().create_future()
            self.waiters.append(future)
            await future  # expect: hazard.lost-wakeup
        self.is_taken = True

    def give(self):
        self.is_taken = False
        while self.waiters:
            future = self.waiters.popleft()
            if not future.done():
                future.set_result(None)  # expect: hazard.lost-wakeup
                break


async def main():
    turn = Turn()
    await turn.take()
    first, second = asyncio.ensure_future(turn.take()), asyncio.ensure_future(turn.take())
    await asyncio.sleep(0)
    turn.give()
    first.cancel()
    await asyncio.wait([second], timeout=0.1)
    second.cancel()


asyncio.run(main())
