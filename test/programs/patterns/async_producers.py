"""Tasks that put into a bounded queue and tasks that take from it, with counts between awaits: correct."""
import asyncio


class Counts:
    def __init__(self):
        self.put = 0
        self.taken = 0


async def produce(queue, counts, number):
    for i in range(8):
        await queue.put((number, i))
        counts.put += 1
        await asyncio.sleep(0)


async def consume(queue, counts, seen):
    while True:
        item = await queue.get()
        counts.taken += 1
        seen.append(item)
        await asyncio.sleep(0.001)
        queue.task_done()


async def main():
    queue, counts, seen = asyncio.Queue(maxsize=3), Counts(), []
    consumers = [asyncio.ensure_future(consume(queue, counts, seen)) for _ in range(2)]
    await asyncio.gather(*[produce(queue, counts, n) for n in range(3)])
    await queue.join()
    for consumer in consumers:
        consumer.cancel()
    await asyncio.gather(*consumers, return_exceptions=True)
    print(counts.put == counts.taken == len(seen))


asyncio.run(main())
