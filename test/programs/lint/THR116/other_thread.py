"""Two different functions, each in a thread of its own, on the same data."""
import threading
from collections import deque


class Mailbox:
    def __init__(self):
        self.letters = deque()
        self.names = {}

    def receive(self, letter):
        self.letters.append(letter)
        self.names[letter.number] = letter.name

    def forget(self):
        while self.letters:  # expect: THR116
            letter = self.letters[0]
            if letter.is_fresh():
                break
            self.letters.popleft()
            self.names.pop(letter.number, None)


def main(source):
    mailbox = Mailbox()
    done = threading.Event()

    def deliver():
        for letter in source:
            mailbox.receive(letter)
        done.set()

    postman = threading.Thread(target=deliver)
    postman.start()
    while not done.wait(1):
        mailbox.forget()
    postman.join()
