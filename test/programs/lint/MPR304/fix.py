import multiprocessing as mp
import threading


def bake(oven_lock, ready, bread):
    with oven_lock:
        print(bread)
    ready.set()


def main():
    oven_lock = threading.Lock()
    ready = threading.Event()  # the first bread is out
    mp.Process(
        target=bake,
        args=(
            oven_lock,  # expect: MPR304
            ready,  # expect: MPR304
            "rye",
        ),
    ).start()
    ready.wait()


if __name__ == "__main__":
    main()
