"""Other programs as children: two Pythons and a command that is none.

Look at: the Python children have lanes of their own, with threads and all, since they are recorded too. The main process
waits for them in `Popen.communicate` and `Popen.wait`.
"""

import subprocess
import sys

CHILD = """
import sys, threading

def work(number):
    print(number, sum(n % (number + 2) for n in range(40_000)))

threads = [threading.Thread(target=work, args=(n,), name="part-%d" % n) for n in range(int(sys.argv[1]))]
for thread in threads:
    thread.start()
    thread.join()
"""


def main():
    children = []
    for threads in (1, 2):
        command = [sys.executable, "-c", CHILD, str(threads)]
        children.append(subprocess.Popen(command, stdout=subprocess.PIPE, universal_newlines=True))
    for child in children:
        text, _ = child.communicate()
        print("child with", child.args[-1], "threads said", text.split())
    checker = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    print("exit status", checker.wait())


if __name__ == "__main__":
    main()
