import asyncio


async def send_receipt(order):
    await asyncio.sleep(0.1)
    return order


class Session:
    async def _close_streams(self):
        await asyncio.sleep(0)

    def connection_lost(self):
        asyncio.create_task(self._close_streams())  # expect: AIO201


async def checkout(order):
    if order:
        receipt = asyncio.create_task(send_receipt(order))  # expect: AIO201
    return order


async def checkout_task(task):
    asyncio.ensure_future(  # expect: AIO201
        send_receipt(task),
    )
    return task
