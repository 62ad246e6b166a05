"""Values of a thread in threads, and values of a task in tasks."""

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

state = threading.local()
tenant = contextvars.ContextVar("tenant", default=None)


class Settings(threading.local):
    depth = 0

    def __init__(self):
        self.language = "en"


settings = Settings()
cache = threading.local()
cache.connection = None


async def load(name):
    await asyncio.sleep(0)
    return name


async def handle(name):
    tenant.set(name)
    rows = await load("rows")
    return rows, tenant.get()


def connection(path):
    if not hasattr(state, "connection"):
        state.connection = open(path)
    return state.connection


def cached_connection():
    return getattr(cache, "connection", None)


def language():
    settings.depth += 1
    return settings.language


async def query(path):
    with ThreadPoolExecutor() as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, connection, path)


async def render(template, user):
    rows = await load(template)
    state.user = user
    text = render_now(rows)
    del state.user
    await load("footer")
    return text


def render_now(rows):
    return [state.user, rows]


async def count():
    await load("counter")
    state.count = 1
    return state.count


async def load_in_thread(name):
    def work():
        state.name = name
        return state.name

    found = await asyncio.to_thread(work)
    await load(found)
    return found


class Plain:
    pass


options = Plain()
options.level = 1


async def set_level(level):
    options.level = level
    await load("level")
    return options.level
