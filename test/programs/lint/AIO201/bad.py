"""Tasks that nobody keeps."""

import asyncio
import asyncio as aio
from asyncio import create_task as spawn


async def send_receipt(order):
    await asyncio.sleep(0.1)
    return order


class Session:
    def __init__(self):
        self.loop = asyncio.get_event_loop()

    async def _close_streams(self):
        await asyncio.sleep(0)

    def connection_lost(self):
        asyncio.create_task(self._close_streams())  # expect: AIO201

    def on_timeout(self):
        self.loop.create_task(self._close_streams())  # expect: AIO201

    def on_shutdown(self):
        loop = asyncio.get_event_loop()
        loop.create_task(self._close_streams(), name="close")  # expect: AIO201


async def checkout(order):
    aio.ensure_future(send_receipt(order))  # expect: AIO201
    return order


async def checkout_quickly(order):
    spawn(send_receipt(order))  # expect: AIO201
    return order


async def checkout_with_name(order):
    receipt = asyncio.create_task(send_receipt(order))  # expect: AIO201
    return order


async def checkout_with_underscore(order):
    _ = asyncio.get_running_loop().create_task(send_receipt(order))  # expect: AIO201
    return order


async def checkout_slowly(orders):
    for order in orders:
        _ = asyncio.create_task(send_receipt(order))  # expect: AIO201
        await asyncio.sleep(1)


async def checkout_all(orders):
    [asyncio.create_task(send_receipt(order)) for order in orders]  # expect: AIO201


def make_handler():
    def on_message(order):
        if order:
            asyncio.ensure_future(send_receipt(order))  # expect: AIO201

    return on_message
