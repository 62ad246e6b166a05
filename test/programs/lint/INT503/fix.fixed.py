from concurrent import interpreters

rooms = [interpreters.create() for _ in range(3)]


def clean(what):
    print(what)


def clean_all():
    print("morning")
    threads = [room.call_in_thread(clean, "floor") for room in rooms]  # expect: INT503
    for thread in threads:
        thread.join()
    print("evening")
