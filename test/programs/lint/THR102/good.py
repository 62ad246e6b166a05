import threading
from contextlib import ExitStack, contextmanager

state_lock = threading.Lock()


class Session:
    def __init__(self):
        self._lock = threading.RLock()
        self._slots = threading.Semaphore(4)
        self.count = 0
        self.size = 0

    def __enter__(self):
        self._lock.acquire()
        self.open()
        return self

    def __exit__(self, *exception):
        self.close()
        self._lock.release()

    def open(self):
        self.count = 1

    def close(self):
        self.count = 0

    def guarded(self):
        self._lock.acquire()
        try:
            return self.describe()
        finally:
            self._lock.release()

    def describe(self):
        return "session"

    def nothing_can_raise(self):
        self._lock.acquire()
        self.count += 1
        self.size = self.count
        self._lock.release()

    def harmless_before_try(self):
        self._lock.acquire()
        name = None
        try:
            name = self.describe()
        finally:
            self._lock.release()
        return name

    def without_the_lock(self, wait_for_data):
        """Called with the lock held; gives it back while it waits."""
        self._lock.release()
        try:
            wait_for_data()
        finally:
            self._lock.acquire()

    def begin_job(self, pool):
        """The job gives the slot back when it is done."""
        self._slots.acquire()
        pool.submit(self.run_job)

    def run_job(self):
        try:
            self.describe()
        finally:
            self._slots.release()

    def begin_or_give_back(self, pool):
        self._slots.acquire()
        try:
            pool.submit(self.run_job)
        except BaseException:
            self._slots.release()
            raise

    def try_it(self):
        if not self._lock.acquire(timeout=1):
            return False
        try:
            self.describe()
        finally:
            self._lock.release()
        return True

    def try_it_later(self):
        got_it = self._lock.acquire(blocking=False)
        try:
            return self.describe()
        finally:
            if got_it:
                self._lock.release()


    def only_if_asked(self, is_shared):
        if is_shared:
            self._lock.acquire()
        try:
            return self.describe()
        finally:
            if is_shared:
                self._lock.release()

    def until_the_stack_ends(self):
        with ExitStack() as stack:
            self._lock.acquire()
            stack.callback(self._lock.release)
            return self.describe()

    def release_in_both_ways(self):
        self._lock.acquire()
        try:
            text = self.describe()
        except:
            self._lock.release()
            raise
        else:
            self._lock.release()
        return text

    def lazy(self):
        self._lock.acquire()
        try:
            if not self.count:
                return None
            for _ in range(self.count):
                if self.size:
                    break
            return self.describe()
        finally:
            self.size = 0
            self._lock.release()


def all_at_once(sessions):
    locks = [session.lock for session in sessions]
    for lock in locks:
        lock.acquire()
    try:
        return [session.describe() for session in sessions]
    finally:
        for lock in locks:
            lock.release()


class Car:
    def __init__(self, behind=None):
        self.behind = behind
        self.lock = threading.Lock()
        self.load = 0


def load_train(car):
    """Hand over hand: the next car is taken before this one is given back."""
    car.lock.acquire()
    while True:
        car.load += 1
        behind = car.behind
        if behind is None:
            car.lock.release()
            return
        behind.lock.acquire()
        car.lock.release()
        car = behind


@contextmanager
def state_held():
    state_lock.acquire()
    try:
        yield
    finally:
        state_lock.release()


class Turnstile:
    """Has methods of the same names, and is no lock."""

    def acquire(self):
        return self

    def release(self):
        return self


turnstile = Turnstile()


def pass_through(visitor):
    turnstile.acquire()
    visitor.walk()
    turnstile.release()


class Gate:
    """Who may pass keeps the lock until it leaves."""

    def __init__(self):
        self._lock = threading.Lock()
        self._changed = threading.Condition()
        self._names = []
        self._numbers = {}
        self.is_open = True

    def enter(self):
        self._lock.acquire()
        if self.is_open:
            return True
        self._lock.release()
        return False

    def leave(self):
        self._lock.release()

    def note(self, name):
        """A list takes everything."""
        self._changed.acquire()
        self._names.append(name)
        self._changed.notify()
        self._changed.release()

    def number(self, name, number):
        """Nor does a dict refuse anything."""
        self._changed.acquire()
        self._numbers[name] = number
        self._changed.release()


def give_a_place(seats, guest):
    """Who has sat down gives the seat back later."""
    places = threading.Semaphore(seats)
    places.acquire()
    if guest is None:
        places.release()
        return None
    return guest.sit(places)


def until_it_is_free(table, is_free):
    """Behind the loop it is held, and given back."""
    while True:
        state_lock.acquire()
        if table:
            break
        state_lock.release()
        is_free.wait(1)
    try:
        table.lay()
    finally:
        state_lock.release()


def whatever_is_raised(table):
    try:
        state_lock.acquire()
        table.lay()
        state_lock.release()
    except BaseException:
        state_lock.release()
        raise
