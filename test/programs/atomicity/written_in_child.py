"""A list that child processes fill: each fills its own."""
import multiprocessing

results = []
squares = {}


def square(number):
    if number not in squares:
        squares[number] = number * number
    return squares[number]


def work(number):
    results.append(square(number))  # expect: process.lost-write


if __name__ == "__main__":
    square(2)
    processes = [multiprocessing.Process(target=work, args=(number,)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(len(results))  # expect: process.lost-write
    print(square(3))
