from threading import Lock


class Register:
    seats = []

    @classmethod
    def reserve(cls, seat):
        # One at a time.
        lock = Lock()  # expect: THR101
        with lock:
            cls.seats.append(seat)


print(Register)
