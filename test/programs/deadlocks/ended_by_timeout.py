"""Would hang but for the time-outs."""
import threading

one, other = threading.Lock(), threading.Lock()
both = threading.Barrier(2)


def work(first, second):
    with first:  # expect: deadlock.cycle, order.cycle
        both.wait()
        if second.acquire(timeout=1):  # expect: deadlock.cycle, order.cycle
            second.release()


threads = [threading.Thread(target=work, args=args) for args in ((one, other), (other, one))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
