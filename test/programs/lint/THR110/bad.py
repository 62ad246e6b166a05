import asyncio
import threading
from threading import Condition, Lock

news = []
news_came = threading.Condition()


def publish(text):
    with news_came:
        news.append(text)
    news_came.notify_all()  # expect: THR110


def wait_for_news():
    while not news:
        news_came.wait()  # expect: THR110


class Race:
    def __init__(self):
        self._lock = Lock()
        self._other_lock = Lock()
        self._started = Condition(self._lock)
        self._finished = Condition(self._other_lock)
        self.winner = None

    def start(self):
        self._started.notify()  # expect: THR110

    def finish(self, runner):
        with self._lock:
            self.winner = runner
            self._finished.notify_all()  # expect: THR110

    def wait_for_winner(self):
        self._started.wait_for(lambda: self.winner)  # expect: THR110

    def restart(self):
        self._started.acquire()
        self.winner = None
        self._started.release()
        self._started.notify(1)  # expect: THR110

    def _tell(self):
        self._started.notify_all()  # expect: THR110

    def tell_at_once(self):
        self._tell()

    def tell(self):
        with self._started:
            self._tell()

    def later(self, run):
        with self._lock:

            def ring():
                self._started.notify()  # expect: THR110

        run(ring)
        ring()


class Relay(Race):
    def hand_over(self):
        self._started.notify()  # expect: THR110


class Mailbox:
    def __init__(self):
        self._filled = asyncio.Condition()

    async def post(self):
        self._filled.notify_all()  # expect: THR110
