import asyncio

_background_tasks = set()


async def send_receipt(order):
    await asyncio.sleep(0.1)
    return order


class Session:
    async def _close_streams(self):
        await asyncio.sleep(0)

    def connection_lost(self):
        task = asyncio.create_task(self._close_streams())  # expect: AIO201
        _background_tasks.add(task)
        task.add_done_callback(_background_tasks.discard)


async def checkout(order):
    if order:
        receipt = asyncio.create_task(send_receipt(order))  # expect: AIO201
        _background_tasks.add(receipt)
        receipt.add_done_callback(_background_tasks.discard)
    return order


async def checkout_task(task):
    background_task = asyncio.ensure_future(  # expect: AIO201
        send_receipt(task),
    )
    _background_tasks.add(background_task)
    background_task.add_done_callback(_background_tasks.discard)
    return task
