"""Two threads pass a baton to each other until a line is typed; then a third one has its turn."""

import threading
import time


class Relay:
    def __init__(self):
        self.baton = threading.Lock()
        self.is_over = False


def runner(relay):
    while not relay.is_over:
        with relay.baton:
            time.sleep(0.25)


def last_lap(relay):
    with relay.baton:
        sum(n for n in range(100_000))


def main():
    relay = Relay()
    runners = [threading.Thread(target=runner, args=(relay,), name=name) for name in ("hare", "tortoise")]
    for thread in runners:
        thread.start()
    answer = input("Who is next? ")
    last = threading.Thread(target=last_lap, args=(relay,), name=answer)
    last.start()
    last.join()
    if answer != "nobody":
        threading.Event().wait()
    relay.is_over = True


if __name__ == "__main__":
    main()
