import threading

gate = threading.Lock()
left, right = threading.Lock(), threading.Lock()
front = threading.Lock()
back = threading.Lock()
permits = threading.Semaphore(8)
inner, outer = threading.RLock(), threading.RLock()


def left_first(steps):
    with gate:
        with left:
            with right:
                steps.append("left")


def right_first(steps):
    """The other way round, but always behind the gate."""
    with gate:
        with right:
            with left:
                steps.append("right")


def front_first(steps):
    with front:
        with back:
            steps.append("front")


def front_first_again(steps):
    with front, back:
        steps.append("front")


def one_after_the_other(steps):
    with back:
        steps.append("back")
    with front:
        steps.append("front")


def back_then_try(steps):
    with back:
        if front.acquire(timeout=0.1):
            try:
                steps.append("both")
            finally:
                front.release()


def counted(steps):
    with permits:
        with front:
            steps.append("permit")


def counted_inside(steps):
    with front:
        with permits:
            steps.append("permit")


def nested(steps):
    with outer:
        with inner:
            with outer:
                steps.append("outer again")


class Account:
    def __init__(self, number):
        self.number = number
        self.lock = threading.Lock()
        self.balance = 0

    def move_to(self, other, amount):
        """The smaller number first, whoever asks."""
        first, second = sorted([self, other], key=lambda account: account.number)
        with first.lock, second.lock:
            self.balance -= amount
            other.balance += amount

    def take_from(self, other, amount):
        with other.lock:
            with self.lock:
                self.balance += amount
                other.balance -= amount

    def give_to(self, other, amount):
        with self.lock:
            with other.lock:
                self.balance -= amount
                other.balance += amount


class Store:
    def __init__(self):
        self._lock = threading.Lock()
        self._is_full = threading.Condition(self._lock)
        self._index_lock = threading.Lock()
        self.goods = []

    def put(self, good):
        with self._lock:
            with self._index_lock:
                self.goods.append(good)

    def take(self):
        """The condition is the lock."""
        with self._is_full:
            with self._index_lock:
                return self.goods.pop()

    def later(self, run):
        with self._index_lock:

            def check():
                with self._lock:
                    return len(self.goods)

            run(check)
