from concurrent import interpreters

rooms = [interpreters.create() for _ in range(3)]


def clean(what):
    print(what)


def clean_all():
    print("morning")
    for room in rooms:
        room.call(clean, "floor")  # expect: INT503
    print("evening")
