"""Two processes talk through a pipe: one asks, the other answers.

Look at: the two lanes take turns. While one of them computes, the other waits in `Connection.recv`, and each wait is
ended by the other's `send`.
"""

import multiprocessing


def square_root(connection):
    """Answers numbers with their integer square root, until None comes."""
    for number in iter(connection.recv, None):
        root = 0
        while (root + 1) * (root + 1) <= number:
            root += 1
        connection.send(root)


def main():
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=square_root, args=(theirs,), name="square root")
    server.start()
    for number in (10**6, 10**8, 10**9):
        ours.send(number)
        while not ours.poll(0.05):
            print("still waiting for", number)
        print("root of", number, "is", ours.recv())
    ours.send(None)
    server.join()
    print("ended with", server.exitcode)


if __name__ == "__main__":
    main()
