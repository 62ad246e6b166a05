"""Things made at first use, looked at without the lock and once more with it: correct in Python."""
import threading
import time

_settings = None
_settings_lock = threading.Lock()


def settings():
    global _settings
    if _settings is None:
        with _settings_lock:
            if _settings is None:
                time.sleep(0.001)
                _settings = {"debug": False}
    return _settings


class Registry:
    _instance = None
    _lock = threading.Lock()

    def __new__(cls):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    made = super().__new__(cls)
                    made.entries = {}
                    cls._instance = made
        return cls._instance


class Page:
    def __init__(self):
        self._lock = threading.Lock()
        self._text = None

    @property
    def text(self):
        text = self._text
        if text is not None:
            return text
        with self._lock:
            if self._text is None:
                self._text = "x" * 10
            return self._text


page = Page()
seen = []


def work():
    for _ in range(5):
        seen.append(len(settings()) + len(page.text))
        Registry()
        time.sleep(0.0005)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(seen), Registry() is Registry())
