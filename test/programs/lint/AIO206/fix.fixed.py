import asyncio


class Client:
    def __init__(self, address):
        self.address = address
        self._token = None
        self.pages = {}
        self._token_lock = asyncio.Lock()
        self._pages_lock = asyncio.Lock()

    async def fetch(self, name):
        await asyncio.sleep(0.01)
        return self.address + name

    async def get_token(self):
        async with self._token_lock:
            if self._token is None:  # expect: AIO206
                self._token = await self.fetch("token")
        return self._token

    async def load(self, page):
        async with self._pages_lock:
            if page not in self.pages:  # expect: AIO206
                text = await self.fetch(page)
                self.pages[page] = text
        return self.pages[page]


client = Client("https://library.example/")
