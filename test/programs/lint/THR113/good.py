"""All kinds of ways to hold the lock that a comment names."""
import contextlib
import functools
import threading

_routes = {}  # guarded by: _routes_lock
_routes_lock = threading.Lock()


def add_route(path, view):
    with _routes_lock:
        _routes[path] = view


def synchronized(method):
    @functools.wraps(method)
    def call(self, *arguments):
        with self._lock:
            return method(self, *arguments)

    return call


class Depot:
    def __init__(self, boxes):
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._boxes = []  # guarded by: self._lock
        self._weight = 0  # guarded by: self._lock
        for box in boxes:
            self._boxes.append(box)

    def __getstate__(self):
        with self._lock:
            return {"boxes": list(self._boxes)}

    def __setstate__(self, state):
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._boxes = state["boxes"]
        self._weight = 0

    def put(self, box):
        with self._changed:
            self._boxes.append(box)
            self._changed.notify()

    def take(self):
        with self._changed:
            while not self._boxes:
                self._changed.wait()
            return self._boxes.pop()

    def by_hand(self):
        self._lock.acquire()
        try:
            return len(self._boxes)
        finally:
            self._lock.release()

    def with_stack(self):
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._lock)
            return list(self._boxes)

    @synchronized
    def heaviest(self):
        return max(self._boxes, key=lambda box: box.weight)

    def sorted_boxes(self):
        with self._lock:
            return sorted(self._boxes, key=lambda box: (box.weight, len(self._boxes)))

    def weigh(self):
        with self._lock:
            self._weigh()
            return self._weight

    def _weigh(self):
        self._weight = sum(box.weight for box in self._boxes)

    def clear(self):
        with self._lock:
            self.drop(len(self._boxes))

    def drop(self, count):  # requires: self._lock
        del self._boxes[:count]

    def _count_locked(self):
        return len(self._boxes)


def compare(one, other):
    return one._weight - other._weight
