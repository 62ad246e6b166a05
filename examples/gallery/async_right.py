"""Async done right: tasks that wait together, and a thread for what blocks.

Five tasks ask a server, and one wants a function that would block. It
runs in a thread, so the loop stays free.

Look at: the tasks "ask-0" to "ask-4": each is hatched while it waits
for its answer, all at the same time, in one thread. The blocking call
is a job in the lane of a worker thread; the task "report" waits for it.
The task "heartbeat" goes on evenly from beginning to end.

Found: nothing.

Try next: open "Async done wrong", which does the same in the wrong way,
and see what becomes of the heartbeat. On Python 3.11 and newer the
tasks are in a `TaskGroup`, which also ends the others when one fails;
before, `gather` waits for them.

Takes 2 minutes.
"""

import asyncio
import sys
import time


async def ask(number):
    await asyncio.sleep(0.2 + number * 0.05)
    return number


def write_report():
    """Stands for a library that knows nothing of asyncio."""
    time.sleep(0.6)


async def report():
    await asyncio.get_running_loop().run_in_executor(None, write_report)


async def heartbeat():
    for _ in range(16):
        await asyncio.sleep(0.05)


def work():
    """What is to be done at once, by the name of its task."""
    asked = {"ask-%d" % number: ask(number) for number in range(5)}
    return {**asked, "report": report(), "heartbeat": heartbeat()}


async def main():
    if sys.version_info >= (3, 11):
        async with asyncio.TaskGroup() as group:
            for name, coroutine in work().items():
                group.create_task(coroutine, name=name)
    else:
        await asyncio.gather(*(asyncio.create_task(coroutine, name=name) for name, coroutine in work().items()))
    print("All have answered.")


if __name__ == "__main__":
    asyncio.run(main())
