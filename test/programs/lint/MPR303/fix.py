from multiprocessing import Array, Process, Value


def drive(kilometres, tours, day):
    for distance in (3, 5):
        kilometres.value += distance  # expect: MPR303
    tours[day] = tours[day] + 1  # expect: MPR303


if __name__ == "__main__":
    kilometres = Value("d", 0.0)
    tours = Array("i", 7)
    for day in range(7):
        Process(target=drive, args=(kilometres, tours, day)).start()
