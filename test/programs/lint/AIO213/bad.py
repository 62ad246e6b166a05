"""Values of a thread that tasks take for their own."""

import asyncio
import threading
from threading import local as PerThread

state = threading.local()
request_state = PerThread()
request_state.depth = 0  # expect: AIO213


def current_user():
    return state.user


def current_depth():
    return request_state.depth


async def load(name):
    await asyncio.sleep(0)
    return name


async def handle(tenant):
    state.tenant = tenant  # expect: AIO213
    rows = await load("rows")
    return rows, state.tenant


async def with_user(user, call_next):
    state.user = user  # expect: AIO213
    try:
        return await call_next()
    finally:
        del state.user


async def open_transaction(database):
    state.transaction = database.begin()  # expect: AIO213
    async with database.connect() as connection:
        return connection, state.transaction


class Tracer:
    def __init__(self):
        self._active = threading.local()

    async def trace(self, span, work):
        self._active.span = span  # expect: AIO213
        await work()

    def current(self):
        return self._active.span


class Settings(threading.local):
    language = "en"


settings = Settings()


async def translate(texts, language):
    settings.language = language  # expect: AIO213
    return [await load(text + settings.language) for text in texts]
