"""Three reminders start by themselves after a while; one is cancelled in time.

Look at: each Timer is a thread that does nothing but wait until its time has come. "too late" ends early, without having
called anything.
"""

import threading

said = []
first_said = threading.Event()


def remind(text):
    said.append(text)
    first_said.set()


def main():
    reminders = []
    for seconds, text in ((0.1, "stretch"), (0.2, "drink water"), (30, "too late")):
        timer = threading.Timer(seconds, remind, args=(text,))
        timer.name = text
        timer.start()
        reminders.append(timer)
    first_said.wait()
    reminders[2].cancel()
    for timer in reminders:
        timer.join()
    print("said:", sorted(said))


if __name__ == "__main__":
    main()
