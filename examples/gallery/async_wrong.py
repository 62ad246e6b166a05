"""Async done wrong: one task blocks the loop, and all others stand still.

The task "report" sleeps without an await, as a library does that knows
nothing of asyncio. An event loop runs one task at a time, so meanwhile
nobody else gets on.

Look at: the lane "asyncio loop": "report" has it for more than half a
second. The steps of "heartbeat", even before and after, are missing
there, and the answers that came for "ask-0" to "ask-4" are looked at
late, all at once.

Found: hazard.blocked-loop at the sleep. The linter knows it without a
run: AIO202 is underlined there.

Try next: put `loop = asyncio.get_running_loop()` and
`await loop.run_in_executor(None, time.sleep, 0.6)` in place of the
sleep, and run again: it sleeps in a thread, and the heartbeat is even.
"Compare two runs" shows both under each other.

Takes 2 minutes.
"""

import asyncio
import time


async def ask(number):
    await asyncio.sleep(0.2 + number * 0.05)
    return number


async def report():
    await asyncio.sleep(0.15)
    time.sleep(0.6)


async def heartbeat():
    for _ in range(16):
        await asyncio.sleep(0.05)


async def main():
    work = {"ask-%d" % number: ask(number) for number in range(5)}
    work.update({"report": report(), "heartbeat": heartbeat()})
    await asyncio.gather(*(asyncio.create_task(coroutine, name=name) for name, coroutine in work.items()))
    print("All have answered.")


if __name__ == "__main__":
    asyncio.run(main())
