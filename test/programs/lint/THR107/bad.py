import logging
import queue
import signal
import threading
from signal import signal as on_signal
from threading import Lock

log = logging.getLogger(__name__)
state_lock = threading.Lock()
state = {"stopping": False}
commands = queue.Queue()


def on_stop(number, frame):
    with state_lock:  # expect: THR107
        state["stopping"] = True


def on_reload(number, frame):
    reload_settings()  # expect: THR107


def reload_settings():
    with state_lock:
        state["reload"] = True


def on_command(number, frame):
    commands.put(number)  # expect: THR107


class Server:
    def __init__(self):
        self._lock = Lock()
        self._clients = []
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.signal(signal.SIGUSR1, lambda number, frame: self.drop_clients())  # expect: THR107

    def add(self, client):
        with self._lock:
            self._clients.append(client)

    def drop_clients(self):
        with self._lock:
            self._clients.clear()

    def _on_stop(self, number, frame):
        self._lock.acquire()  # expect: THR107
        try:
            self._clients.clear()
        finally:
            self._lock.release()


def serve():
    def on_alarm(number, frame):
        with state_lock:  # expect: THR107
            state["late"] = True

    on_signal(signal.SIGALRM, on_alarm)
    server = Server()
    server.add(commands.get())
    with state_lock:
        return dict(state)


def on_hangup(number, frame):
    print("hung up")  # expect: THR107


def on_user(number, frame):
    log.warning("signal %s", number)  # expect: THR107


size_lock = threading.Lock()


def on_resize(number, frame):
    """Only this handler takes the lock, and the next signal can come in the middle."""
    with size_lock:  # expect: THR107
        state["size"] = number


signal.signal(signal.SIGWINCH, on_resize)
signal.signal(signal.SIGPIPE, on_hangup)
signal.signal(signal.SIGQUIT, on_user)
signal.signal(signal.SIGTERM, on_stop)
signal.signal(signal.SIGHUP, on_reload)
on_signal(signal.SIGUSR2, on_command)
