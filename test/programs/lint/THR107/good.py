import asyncio
import queue
import signal
import threading

state_lock = threading.Lock()
tree_lock = threading.RLock()
workers_lock = threading.Lock()
stop = threading.Event()
signals = queue.SimpleQueue()
is_stopping = False
jobs = []


def on_stop(number, frame):
    global is_stopping
    is_stopping = True


def on_hangup(number, frame):
    stop.set()


def on_child(number, frame):
    signals.put(number)


def on_user(number, frame):
    with tree_lock:
        jobs.clear()


def on_alarm(number, frame):
    if state_lock.acquire(blocking=False):
        try:
            jobs.clear()
        finally:
            state_lock.release()


def on_quit(number, frame):
    """Only workers take this lock, and they go on while the handler waits."""
    with workers_lock:
        jobs.clear()


def work():
    with workers_lock:
        jobs.append("done")


def print_jobs():
    with tree_lock, state_lock:
        return list(jobs)


async def serve():
    loop = asyncio.get_running_loop()

    def shut_down():
        with state_lock:
            jobs.clear()

    loop.add_signal_handler(signal.SIGTERM, shut_down)
    while not stop.is_set():
        await asyncio.sleep(1)


def main():
    signal.signal(signal.SIGTERM, on_stop)
    signal.signal(signal.SIGHUP, on_hangup)
    signal.signal(signal.SIGCHLD, on_child)
    signal.signal(signal.SIGUSR1, on_user)
    signal.signal(signal.SIGALRM, on_alarm)
    signal.signal(signal.SIGQUIT, on_quit)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = threading.Thread(target=work)
    worker.start()
    print_jobs()
    worker.join()
    signal.signal(signal.SIGINT, before)


if __name__ == "__main__":
    main()
