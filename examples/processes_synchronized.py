"""Lock, semaphore, event and condition between processes.

Look at: "printer" is taken by one process at a time, "desks" by two; all clerks wait until the event `opened` is set, and
the main process waits on a condition until every clerk has signed off.
"""

import multiprocessing


def serve(name, arrived, opened, desks, printer, signed_off, left):
    arrived.release()
    opened.wait()
    with desks:  # Two clerks at a time,
        letter = sum(n % 7 for n in range(200_000))
        with printer:  # but there is one printer.
            print(name, "printed", letter, flush=True)
    with signed_off:
        left.value -= 1
        signed_off.notify()


def main():
    arrived = multiprocessing.Semaphore(0)
    opened = multiprocessing.Event()
    desks = multiprocessing.Semaphore(2)
    printer = multiprocessing.Lock()
    signed_off = multiprocessing.Condition()
    left = multiprocessing.Value("i", 4, lock=False)  # The condition's lock guards it.
    clerks = []
    for number in range(4):
        name = "clerk-%d" % number
        arguments = (name, arrived, opened, desks, printer, signed_off, left)
        clerks.append(multiprocessing.Process(target=serve, args=arguments, name=name))
    for clerk in clerks:
        clerk.start()
    for _ in clerks:
        arrived.acquire()
    opened.set()
    with signed_off:
        while left.value:
            signed_off.wait()
    for clerk in clerks:
        clerk.join()
    print("closed")


if __name__ == "__main__":
    main()
