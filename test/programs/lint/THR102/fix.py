import threading

log_lock = threading.Lock()


class Recorder:
    def __init__(self, file):
        self.file = file
        self.lock = threading.RLock()

    def write(self, line):
        self.lock.acquire()  # expect: THR102
        # Lines end the same way everywhere.
        self.file.write(line)
        if not line.endswith('\n'):
            self.file.write('\n')
        self.lock.release()

    def flush(self):
        self.lock.acquire()  # expect: THR102
        self.prepare()
        try:
            self.file.flush()
            return self.file.tell()
        finally:
            self.lock.release()

    def prepare(self):
        if self.file.closed:
            raise ValueError('closed')


def note(lines, text):
    if text:
        log_lock.acquire()  # expect: THR102
        if text in lines:
            return
        lines.append(
            text.strip(),
        )
        log_lock.release()
    print(text)
