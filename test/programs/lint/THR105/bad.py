import asyncio
import threading
from threading import RLock as Reentrant

client_lock = threading.Lock()
groups_lock = Reentrant()
audit_lock = threading.Lock()
mail_lock = threading.Lock()


def poll(client):
    with client_lock:
        client.read()
        on_lost_connection(client)


def on_lost_connection(client):
    with groups_lock:
        client.forget()


def heartbeat(client):
    with groups_lock:
        send_heartbeat(client)


def send_heartbeat(client):
    with client_lock:  # expect: THR105
        client.beat()


def audit(entry, mails):
    with audit_lock, mail_lock:
        mails.append(entry)


def send_mails(mails):
    mail_lock.acquire()
    try:
        audit_lock.acquire()  # expect: THR105
        try:
            mails.clear()
        finally:
            audit_lock.release()
    finally:
        mail_lock.release()


class Bank:
    _rates_lock = threading.Lock()

    def __init__(self):
        self._accounts_lock = threading.Lock()
        self._log_lock = threading.Lock()
        self._changed = threading.Condition()
        self.log = []

    def pay(self, amount):
        with self._accounts_lock:
            with self._log_lock:
                self.log.append(amount)

    def pay_back(self, amount):
        with self._accounts_lock:
            with self._log_lock:
                self.log.append(-amount)

    def print_log(self, write):
        with self._log_lock:
            with self._accounts_lock:  # expect: THR105
                write(self.log)

    def new_rate(self, rates, rate):
        with self._rates_lock:
            rates.append(rate)
            with self._changed:
                self._changed.notify_all()

    def drop_rates(self, rates):
        with self._changed:
            with Bank._rates_lock:  # expect: THR105
                rates.clear()


class Archive:
    def __init__(self):
        self.lock = threading.Lock()
        self.papers = []

    def keep(self, paper):
        with self.lock:
            self.papers.append(paper)


class Office:
    def __init__(self):
        self.lock = threading.Lock()
        self.archive = Archive()

    def file_away(self, paper):
        with self.lock:
            with self.archive.lock:
                self.archive.papers.append(paper)

    def look_up(self, number):
        with self.archive.lock:
            with self.lock:  # expect: THR105
                return self.archive.papers[number]


class Chat:
    def __init__(self):
        self.rooms_lock = asyncio.Lock()
        self.users_lock = asyncio.Lock()
        self.rooms = {}

    async def enter(self, room, user):
        async with self.rooms_lock, self.users_lock:
            self.rooms[room] = user

    async def leave(self, room, user):
        async with self.users_lock:
            await user.say("bye")
            await self.close(room)

    async def close(self, room):
        async with self.rooms_lock:  # expect: THR105
            self.rooms.pop(room)
