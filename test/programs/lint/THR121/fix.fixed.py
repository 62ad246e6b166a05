import threading
from multiprocessing import Process


def send(letter):
    print(letter)


def post(letter):
    threads = [
        threading.Thread(target=send),  # expect: THR121
        threading.Thread(target=send, args=(letter,)),  # expect: THR121
        threading.Thread(target=send, args=('dear',)),  # expect: THR121
        threading.Timer(5, send, ("late",)),  # expect: THR121
        threading.Thread(target=send, args=(letter.copy,)),  # expect: THR121
        Process(
            target=send,  # expect: THR121
            args=(letter,),
        ),
    ]
    for thread in threads:
        thread.start()
