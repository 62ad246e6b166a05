"""Two cooks take orders from a queue that holds two of them; the waiter has to wait when it is full.

Look at: the lane "waiter", hatched with `asyncio.Queue.put` while the queue is full, each wait ended by a cook; the cooks'
waits in `asyncio.Queue.get`; and MainThread's task, which waits in `asyncio.Queue.join` until all is cooked.
"""

import asyncio

DISHES = ["soup", "salad", "pasta", "stew", "cake", "tea", "pie", "rice"]


async def waiter(orders):
    for table, dish in enumerate(DISHES):
        await orders.put((table, dish))


async def cook(orders, served):
    while True:
        table, dish = await orders.get()
        await asyncio.sleep(0.02 + 0.005 * (table % 3))
        served.append(dish)
        orders.task_done()


async def main():
    orders = asyncio.Queue(maxsize=2)
    served = []
    cooks = [asyncio.create_task(cook(orders, served), name="cook-%d" % number) for number in range(2)]
    taking = asyncio.create_task(waiter(orders), name="waiter")
    await taking
    await orders.join()

    # The cooks wait for orders that never come.
    for task in cooks:
        task.cancel()
    await asyncio.gather(*cooks, return_exceptions=True)
    print("served:", ", ".join(sorted(served)))


if __name__ == "__main__":
    asyncio.run(main())
