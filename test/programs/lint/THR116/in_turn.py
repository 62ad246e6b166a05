"""What a coroutine waits for is done before it goes on."""

import asyncio


class Upload:
    def __init__(self, file):
        self.file = file
        self.start = None

    def size(self):
        if self.start is None:
            self.start = self.file.tell()
        return self.file.seek(0, 2) - self.start

    def read(self):
        if self.start is None:
            self.start = self.file.tell()
        return self.file.read()

    async def send(self, writer):
        loop = asyncio.get_running_loop()
        writer.write(await loop.run_in_executor(None, self.read))


class LooseUpload:
    """Nobody waits for what it reads."""

    def __init__(self, file):
        self.file = file
        self.start = None

    def size(self):
        if self.start is None:  # expect: THR116
            self.start = self.file.tell()
        return self.file.seek(0, 2) - self.start

    def read(self):
        if self.start is None:  # expect: THR116
            self.start = self.file.tell()
        return self.file.read()

    def send(self, loop):
        return loop.run_in_executor(None, self.read)
