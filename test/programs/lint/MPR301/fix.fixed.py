import multiprocessing


def measure(river):
    return len(river)


rivers = ["Rhine", "Danube"]

# All at once.
if __name__ == "__main__":
    with multiprocessing.Pool() as pool:  # expect: MPR301
        lengths = pool.map(measure, rivers)

    print(lengths)
    with multiprocessing.Manager() as manager:  # expect: MPR301
        print(manager.list(lengths))
