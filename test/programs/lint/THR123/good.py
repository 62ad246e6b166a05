"""Loops that do something, or ask for what nobody tells."""
import asyncio
import os
import subprocess
import threading
import time


class Station:
    def __init__(self, folder):
        self.folder = folder
        self.is_ready = False
        self.ready = threading.Event()
        self.stop = threading.Event()
        self.count = 0
        self.changed = threading.Condition()

    def set_ready(self):
        with self.changed:
            self.is_ready = True
            self.changed.notify_all()
        self.ready.set()

    def wait(self):
        self.ready.wait()
        with self.changed:
            while not self.is_ready:
                self.changed.wait()

    def serve(self, handle):
        while not self.stop.is_set():
            handle()
            time.sleep(0.1)

    def pace(self):
        while not self.stop.wait(0.1):
            pass

    def for_file(self, name):
        while not os.path.exists(os.path.join(self.folder, name)):
            time.sleep(0.2)

    def for_program(self, command):
        program = subprocess.Popen(command)
        while program.poll() is None:
            time.sleep(0.2)
        return program.returncode

    def with_limit(self, seconds):
        end = time.monotonic() + seconds
        while not self.is_ready and time.monotonic() < end:
            time.sleep(0.01)
        return self.is_ready

    def slowly(self):
        while not self.is_ready:
            time.sleep(30)

    def count_down(self, numbers):
        while numbers and numbers.pop():
            pass

    async def in_a_task(self):
        while not self.is_ready:
            await asyncio.sleep(0.01)
