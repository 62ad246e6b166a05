"""Handlers of an application run whenever a request comes."""

import asyncio


class Router:
    def __init__(self):
        self.handlers = []

    def get(self, path):
        def register(handler):
            self.handlers.append((path, handler))
            return handler

        return register


def make_app(router, database):
    class Prices:
        def __init__(self):
            self.table = None

        @router.get("/prices")
        async def prices(self):
            if self.table is None:  # expect: AIO206
                rows = await database.rows()
                await asyncio.sleep(0)
                self.table = rows
            return self.table

        @router.get("/size")
        async def size(self):
            if self.table is None:
                return 0
            return len(self.table)

    return Prices()
