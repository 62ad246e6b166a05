"""Opposite orders, but always under a third lock: correct."""
import threading

gate, one, other = threading.Lock(), threading.Lock(), threading.Lock()


def there():
    with gate, one:
        with other:
            pass


def back():
    with gate, other:
        with one:
            pass


threads = [threading.Thread(target=target) for target in (there, back)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
