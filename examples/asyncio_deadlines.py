"""Tasks with deadlines, in the order in which they finish, and meeting points between them.

Look at: "asyncio.wait_for" on the main task, the waits in `as_completed`, and the tasks that take at most two seats at a time
(a BoundedSemaphore). From Python 3.11 on all meet at a Barrier.
"""

import asyncio
import sys


async def guest(number, seats, meeting):
    async with seats:
        await asyncio.sleep(0.03 * (number + 1))
    if meeting is not None:
        await meeting.wait()
    return number


async def deliver(orders, urgent):
    await asyncio.sleep(0.05)
    await urgent.put((1, "water"))
    await orders.put("bill")


async def main():
    seats = asyncio.BoundedSemaphore(2)
    meeting = asyncio.Barrier(4) if sys.version_info >= (3, 11) else None
    guests = [asyncio.ensure_future(guest(number, seats, meeting)) for number in range(4)]
    for next_guest in asyncio.as_completed(guests):
        print("guest", await next_guest, "leaves")

    urgent, orders = asyncio.PriorityQueue(), asyncio.LifoQueue()
    courier = asyncio.ensure_future(deliver(orders, urgent))
    print((await urgent.get())[1], await orders.get())
    await courier

    try:
        await asyncio.wait_for(asyncio.sleep(10), timeout=0.05)
    except asyncio.TimeoutError:
        print("closed")


if __name__ == "__main__":
    asyncio.run(main())
