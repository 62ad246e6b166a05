from threading import Lock


_lock = Lock()


class Register:
    seats = []

    @classmethod
    def reserve(cls, seat):
        # One at a time.
        with _lock:
            cls.seats.append(seat)


print(Register)
